/** What an operator does from a terminal. The program that mounts it knows its arguments, the feature what it does. */
export abstract class Command<Arguments> {
  /**
   * What to tell them. Terminals of containers are logs: no secrets, and nothing that tells who somebody is.
   * @throws AppError when it refuses
   */
  abstract execute(args: Arguments): Promise<string>;
}
