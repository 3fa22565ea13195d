import { newId } from '#platform/kernel/values/ids.js';
import { type PasswordReset, requestReset } from '../domain/password-reset.js';
import type { Registration } from '../domain/registration.js';
import type { User } from '../domain/user.js';

export const NOW = new Date('2030-01-01T12:00:00.000Z');
export const hoursAfterNow = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

export const anEmail = (): string => `${newId()}@example.test`;

/** An active user with a verified address; override only what the test is about. */
export function aUser(overrides: Partial<User> = {}): User {
  return {
    id: newId(),
    email: anEmail(),
    emailVerifiedAt: NOW,
    name: 'Ada',
    locale: null,
    passwordHash: 'hash of correct horse',
    status: 'active',
    createdAt: NOW,
    updatedAt: NOW,
    ...overrides,
  };
}

/** A registration whose mail was just sent. */
export function aRegistration(overrides: Partial<Registration> = {}): Registration {
  return {
    id: newId(),
    email: anEmail(),
    name: null,
    locale: null,
    passwordHash: 'hash of correct horse',
    createdAt: NOW,
    expiresAt: hoursAfterNow(72),
    ...overrides,
  };
}

/** A request for a new password whose mail was just sent. */
export function aPasswordReset(overrides: Partial<PasswordReset> = {}): PasswordReset {
  return { ...requestReset(anEmail(), newId(), NOW), ...overrides };
}
