export const USER_STATUSES = ['active', 'disabled'] as const;

/** A user as administrators see one. */
export type User = Readonly<{
  id: string;
  email: string;
  emailVerifiedAt: Date | null;
  name: string | null;
  status: (typeof USER_STATUSES)[number];
  /** By name. */
  roles: readonly string[];
  createdAt: Date;
  updatedAt: Date;
}>;

/** What administrators change about others. */
export type UserChange = Partial<Pick<User, 'name' | 'status'>>;

/** What happened to the user, for the records; null when nothing did. */
export function whatChanged(before: User, after: User): 'user.disabled' | 'user.enabled' | 'user.renamed' | null {
  if (before.status !== after.status) return after.status === 'disabled' ? 'user.disabled' : 'user.enabled';
  return before.name === after.name ? null : 'user.renamed';
}
