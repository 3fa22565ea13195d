/**
 * Slows down guessing the password of one account. It knows accounts by their e-mail only, so that one without an
 * account is throttled like any other. Nobody can use it to keep an owner out: a network waits for what was tried from itself, and
 * only strangers to the account get fewer attempts while many networks try at once, never none.
 */
export abstract class SignInThrottle {
  /** Counts an attempt before it is made, so that many at once are no way around. @throws SignInThrottled, ServiceUnavailable */
  abstract begin(email: string, ipAddress: string | null): Promise<void>;

  /** The network has shown that it is the owner's, by a password or a mailed link: its failures are forgotten, and it is trusted more. */
  abstract succeeded(email: string, ipAddress: string | null): Promise<void>;
}
