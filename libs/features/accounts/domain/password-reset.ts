/** Long enough to find the mail, short enough for a mailbox that somebody else reads later. */
const LIFETIME_MS = 60 * 60 * 1000;

/** Mails of one address whose links work at the same time. More would only fill somebody's mailbox, and the earlier ones still help. */
export const MOST_OPEN_RESETS = 5;

/** A request for a new password, waiting for proof that the address is the caller's. Nobody has looked whether it has an account. */
export type PasswordReset = Readonly<{
  id: string;
  email: string;
  createdAt: Date;
  expiresAt: Date;
}>;

export function requestReset(email: string, id: string, now: Date): PasswordReset {
  return { id, email, createdAt: now, expiresAt: new Date(now.getTime() + LIFETIME_MS) };
}

export const isExpired = ({ expiresAt }: PasswordReset, now: Date): boolean => expiresAt <= now;
