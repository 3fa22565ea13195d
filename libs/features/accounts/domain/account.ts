export const ACCOUNT_STATUSES = ['active', 'disabled'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** A user as administrators see one. */
export type Account = Readonly<{
  id: string;
  email: string;
  emailVerifiedAt: Date | null;
  name: string | null;
  status: AccountStatus;
  /** By name. */
  roles: readonly string[];
  createdAt: Date;
  updatedAt: Date;
}>;

/** What administrators change about others. */
export type AccountChange = Partial<Pick<Account, 'name' | 'status'>>;

/** What happened to the account, for the records; null when nothing did. */
export function whatChanged(before: Account, after: Account): 'user.disabled' | 'user.enabled' | 'user.renamed' | null {
  if (before.status !== after.status) return after.status === 'disabled' ? 'user.disabled' : 'user.enabled';
  return before.name === after.name ? null : 'user.renamed';
}
