/**
 * Slows down whoever guesses the password of one account. It knows accounts by their address only, so an unknown one is throttled
 * like any other. Nobody can use it to keep somebody out: what others do elsewhere never refuses an attempt from one's own network.
 */
export abstract class SignInThrottle {
  /** Counts an attempt before it is made, so that many at once are no way around. @throws SignInThrottled, ServiceUnavailable */
  abstract begin(email: string, ipAddress: string | null): Promise<void>;

  /** The network has shown that it is the owner's, by a password or a mailed link: its failures are forgotten, and it is trusted more. */
  abstract succeeded(email: string, ipAddress: string | null): Promise<void>;
}
