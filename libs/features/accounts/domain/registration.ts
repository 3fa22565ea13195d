import type { Locale } from '#platform/kernel/values/locales.js';
import { EmailTokenInvalid } from './user.errors.js';

/** Long enough for a weekend, short enough for a mailbox that changes hands. */
const LIFETIME_MS = 3 * 24 * 60 * 60 * 1000;

/** Mails to one address in an hour. More would only fill the mailbox, and the earlier ones still help. */
export const MOST_MAILS_AN_HOUR = 5;
const HOUR_MS = 60 * 60 * 1000;

/**
 * One attempt to get an account, waiting for proof that the address is the caller's. The mails of strangers look like the owner's,
 * and the owner may open any of them. So while attempts with different passwords wait, the address is contested: whichever link is
 * opened, the account begins without a password, and a mail to choose one follows. Nobody can plant one for somebody else's address.
 */
export type Registration = Readonly<{
  id: string;
  email: string;
  name: string | null;
  locale: Locale | null;
  /** Null when the address is contested. */
  passwordHash: string | null;
  createdAt: Date;
  expiresAt: Date;
}>;

export type Applicant = Pick<Registration, 'email' | 'name' | 'locale' | 'passwordHash'>;

/** What tells a new attempt from an earlier one of the same applicant. */
export type Renewal = Pick<Registration, 'id' | 'createdAt' | 'expiresAt'>;

export function register(applicant: Applicant, id: string, now: Date): Registration {
  return { ...applicant, ...renew(id, now) };
}

export function renew(id: string, now: Date): Renewal {
  return { id, createdAt: now, expiresAt: new Date(now.getTime() + LIFETIME_MS) };
}

/** What counts of a registration whose address is contested. */
export function contested(registration: Registration): Registration {
  return { ...registration, name: null, locale: null, passwordHash: null };
}

export const isExpired = ({ expiresAt }: Registration, now: Date): boolean => expiresAt <= now;

export const anHourBefore = ({ createdAt }: Registration): Date => new Date(createdAt.getTime() - HOUR_MS);

/** @throws EmailTokenInvalid when its time is over */
export function requireCurrent(registration: Registration, now: Date): void {
  if (isExpired(registration, now)) throw new EmailTokenInvalid();
}
