export abstract class Transaction {
  /**
   * Everything that repositories and `Jobs` write inside `work` commits together or not at all. Nested calls join the outer one.
   * Serialization failures and deadlocks run `work` again, so it must have no effect outside the database.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
}
