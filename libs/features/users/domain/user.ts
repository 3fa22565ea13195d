import type { Registration } from './registration.js';

export const USER_STATUSES = ['active', 'disabled'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export type User = Readonly<{
  id: string;
  /** Normalised; belongs to one user at a time. */
  email: string;
  emailVerifiedAt: Date | null;
  name: string | null;
  /** Null when the user signs in elsewhere only. */
  passwordHash: string | null;
  status: UserStatus;
  createdAt: Date;
  updatedAt: Date;
}>;

/** What users change about themselves. */
export type Profile = Pick<User, 'name'>;

/** The account that a confirmed registration becomes. */
export function admit({ email, name, passwordHash }: Registration, id: string, now: Date): User {
  return { id, email, emailVerifiedAt: now, name, passwordHash, status: 'active', createdAt: now, updatedAt: now };
}

export function changeProfile(user: User, change: Partial<Profile>, now: Date): User {
  const isSame = change.name === undefined || change.name === user.name;
  return isSame ? user : { ...user, ...change, updatedAt: now };
}
