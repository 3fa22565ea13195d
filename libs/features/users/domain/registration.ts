import { EmailTokenInvalid } from './user.errors.js';

/** Long enough for a weekend, short enough for a mailbox that changes hands. */
const LIFETIME_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * One attempt to get an account, waiting for proof that the address is the caller's. Attempts for the same address do not
 * know each other: confirming one admits the password of that one, so nobody can plant a password for somebody else's address.
 */
export type Registration = Readonly<{
  id: string;
  email: string;
  name: string | null;
  passwordHash: string;
  createdAt: Date;
  expiresAt: Date;
}>;

export type Applicant = Pick<Registration, 'email' | 'name' | 'passwordHash'>;

export function register(applicant: Applicant, id: string, now: Date): Registration {
  return { ...applicant, id, createdAt: now, expiresAt: new Date(now.getTime() + LIFETIME_MS) };
}

export const isExpired = ({ expiresAt }: Registration, now: Date): boolean => expiresAt <= now;

/** @throws EmailTokenInvalid when its time is over */
export function requireCurrent(registration: Registration, now: Date): void {
  if (isExpired(registration, now)) throw new EmailTokenInvalid();
}
