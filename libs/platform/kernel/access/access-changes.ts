/** Whose access changed. A change of a role is everyone's: who holds it is not asked. */
export type AccessSubject = `user:${string}` | `api-key:${string}` | 'everyone';

export abstract class AccessChanges {
  /**
   * Runs `work` in a transaction. One such change happens at a time in the whole system, so what `work` reads about roles
   * and their holders stays true until it commits; from then on every process acts on it within a second.
   */
  abstract during<T>(subject: AccessSubject, work: () => Promise<T>): Promise<T>;
}
