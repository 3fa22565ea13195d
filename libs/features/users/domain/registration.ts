import { EmailTokenInvalid } from './user.errors.js';

/** Long enough for a weekend, short enough for a mailbox that changes hands. */
const LIFETIME_MS = 3 * 24 * 60 * 60 * 1000;

/** Mails to one address in an hour. Whoever keeps asking for more only fills somebody's mailbox, and the earlier ones still help. */
export const MOST_MAILS_AN_HOUR = 5;
const HOUR_MS = 60 * 60 * 1000;

/**
 * One attempt to get an account, waiting for proof that the address is the caller's. Attempts for the same address do not
 * know each other: the account gets the password of the one that is confirmed, so nobody can plant a password for somebody else's address.
 */
export type Registration = Readonly<{
  id: string;
  email: string;
  name: string | null;
  /** Null when the mail was asked for again while attempts with different passwords waited: whoever opens the link chooses one afterwards. */
  passwordHash: string | null;
  createdAt: Date;
  expiresAt: Date;
}>;

export type Applicant = Pick<Registration, 'email' | 'name' | 'passwordHash'>;

/** What tells a new attempt from an earlier one of the same applicant. */
export type Renewal = Pick<Registration, 'id' | 'createdAt' | 'expiresAt'>;

export function register(applicant: Applicant, id: string, now: Date): Registration {
  return { ...applicant, ...renew(id, now) };
}

export function renew(id: string, now: Date): Renewal {
  return { id, createdAt: now, expiresAt: new Date(now.getTime() + LIFETIME_MS) };
}

export const isExpired = ({ expiresAt }: Registration, now: Date): boolean => expiresAt <= now;

export const anHourBefore = ({ createdAt }: Registration): Date => new Date(createdAt.getTime() - HOUR_MS);

/** @throws EmailTokenInvalid when its time is over */
export function requireCurrent(registration: Registration, now: Date): void {
  if (isExpired(registration, now)) throw new EmailTokenInvalid();
}
