import { unknownPermissions } from '#platform/kernel/access/permissions.js';
import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';
import { ApiKeyExpiryRefused, ApiKeyPermissionUnknown } from './api-key.errors.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Nobody remembers keys for ever, so none lasts for ever. In days. */
export const API_KEY_LIFETIME = { usual: 90, longest: 366 } as const;

/** A credential for a service, without its secret: that is shown once and stored nowhere. */
export type ApiKey = Readonly<{
  id: string;
  /** Its maker, for whom it acts. */
  userId: string;
  name: string;
  /** Sorted. Of these it may use those that its owner holds at the time. */
  permissions: readonly string[];
  createdAt: Date;
  expiresAt: Date;
  /** Up to a minute behind. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}>;

export type ApiKeyWish = Readonly<{ name: string; permissions: readonly string[]; expiresAt?: Date | undefined }>;

/** @throws PermissionDenied, ApiKeyPermissionUnknown, ApiKeyExpiryRefused */
export function issueApiKey(
  { name, permissions, expiresAt }: ApiKeyWish,
  owner: Principal,
  id: string,
  now: Date,
): ApiKey {
  requireHeld(owner, permissions);
  return {
    id,
    userId: owner.id,
    name,
    permissions: [...new Set(permissions)].sort(),
    createdAt: now,
    expiresAt: requireSensible(expiresAt ?? daysAfter(now, API_KEY_LIFETIME.usual), now),
    lastUsedAt: null,
    revokedAt: null,
  };
}

function requireHeld({ kind, permissions: held }: Principal, wanted: readonly string[]): void {
  // A thief could make another one with it, which would still work after this one is revoked.
  if (kind === 'api-key') throw new PermissionDenied('An API key does not make other ones.');

  const errors = unknownPermissions(wanted);
  if (errors.length > 0) throw new ApiKeyPermissionUnknown(undefined, { errors });

  const missing = wanted.find((permission) => !held.has(permission));
  if (missing) throw new PermissionDenied(`This takes the permission ${missing}, which you do not hold.`);
}

function requireSensible(expiresAt: Date, now: Date): Date {
  if (expiresAt > now && expiresAt <= daysAfter(now, API_KEY_LIFETIME.longest)) return expiresAt;

  const detail = `Choose a time within the next ${API_KEY_LIFETIME.longest} days.`;
  throw new ApiKeyExpiryRefused(undefined, {
    errors: [{ pointer: '#/expiresAt', code: 'expiry_out_of_range', detail }],
  });
}

const daysAfter = (time: Date, days: number): Date => new Date(time.getTime() + days * DAY_MS);
