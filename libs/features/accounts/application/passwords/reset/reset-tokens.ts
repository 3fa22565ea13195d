/** The secret in a mailed link. It stands for a password reset and is stored nowhere. */
export abstract class ResetTokens {
  /** The id of the reset, or null when the token is not one of ours. */
  abstract verify(token: string): string | null;
}
