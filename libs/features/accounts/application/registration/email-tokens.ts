/** The secret in a mailed link. It stands for a registration and is stored nowhere. */
export abstract class EmailTokens {
  /** The id of the registration, or null when the token is not one of ours. */
  abstract verify(token: string): string | null;
}
