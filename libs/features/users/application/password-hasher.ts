/** Slow by design. It never blocks the event loop, and refuses work it could not do in good time. */
export abstract class PasswordHasher {
  /**
   * With `owner`, equal passwords of the same owner have equal hashes, so that one can tell whether two attempts are of one person.
   * @throws PasswordChecksBusy
   */
  abstract hash(password: string, owner?: string): Promise<string>;

  /** Without a hash it takes just as long and is never right: time must not tell which accounts exist. @throws PasswordChecksBusy */
  abstract isRight(password: string, hash: string | null): Promise<boolean>;

  /** Whether the hash cost less than one made today would. */
  abstract isOutdated(hash: string): boolean;
}
