/** `outdated` is right as well, but a hash made today would be a better one. */
export type PasswordMatch = 'right' | 'outdated' | 'wrong';

/**
 * Slow by design. It never blocks the event loop, and refuses work it could not do in good time.
 * However a keyboard composes the characters of a password, it is the same one (docs/decisions/022).
 */
export abstract class PasswordHasher {
  /**
   * With `owner`, equal passwords of the same owner have equal hashes, so that one can tell whether two attempts are of one person.
   * @throws PasswordChecksBusy
   */
  abstract hash(password: string, owner?: string): Promise<string>;

  /** Without a hash it takes just as long and is wrong: time must not tell which accounts exist. @throws PasswordChecksBusy */
  abstract compare(password: string, hash: string | null): Promise<PasswordMatch>;
}
