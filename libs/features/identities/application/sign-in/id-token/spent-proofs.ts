/** What works once: states, codes, id_tokens. Only what was used is remembered, and only as long as it could be used again. */
export abstract class SpentProofs {
  /** False when it was spent before. Of many at once, one succeeds. Joins the caller's transaction. */
  abstract spend(proof: string, expiresAt: Date): Promise<boolean>;
}
