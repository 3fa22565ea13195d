import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';
import { WebhookEventUnknown } from './webhook.errors.js';

/** Of how many one user may be the maker. */
export const MOST_ENDPOINTS = 20;
/** In how many hours after a rotation the secret before it signs as well. */
export const OVERLAP_HOURS = 24;

const HOUR_MS = 3_600_000;
/** After so long without one success it is disabled. */
const PATIENCE_MS = 5 * 24 * HOUR_MS;

/** Whose events it hears of: its maker's, or those of all users. */
export const AUDIENCES = ['own', 'everybody'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** `owner`: by a PATCH · `gone`: it answered 410 · `failing`: nothing has succeeded for five days. */
export const DISABLED_REASONS = ['owner', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** An address that hears of events, without its secret: that is shown once. */
export type Endpoint = Readonly<{
  id: string;
  /** Its maker. */
  userId: string;
  url: string;
  description: string | null;
  /** Sorted. */
  events: readonly string[];
  audience: Audience;
  /** Null while it is enabled. */
  disabledBecause: DisabledReason | null;
  /** Of the first failure after which nothing has succeeded. */
  failingSince: Date | null;
  createdAt: Date;
  updatedAt: Date;
}>;

export type EndpointWish = Readonly<{
  url: string;
  events: readonly string[];
  description: string | null;
  audience: Audience;
}>;
export type EndpointChange = Partial<Pick<EndpointWish, 'url' | 'events' | 'description'>> &
  Readonly<{ isEnabled?: boolean | undefined }>;

export function makeEndpoint(wish: EndpointWish, maker: Principal, id: string, now: Date): Endpoint {
  return {
    ...wish,
    id,
    userId: maker.id,
    events: sorted(wish.events),
    disabledBecause: null,
    failingSince: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** To enable it also forgets that it failed. */
export function changeEndpoint(endpoint: Endpoint, { isEnabled, ...change }: EndpointChange, now: Date): Endpoint {
  const events = change.events ? { events: sorted(change.events) } : {};
  const changed = { ...endpoint, ...change, ...events, updatedAt: now };
  if (isEnabled === undefined) return changed;
  if (isEnabled) return { ...changed, disabledBecause: null, failingSince: null };
  return { ...changed, disabledBecause: endpoint.disabledBecause ?? 'owner' };
}

/** Why a failure at that time disables it, if it does. */
export function disabledBy(
  { failingSince }: Pick<Endpoint, 'failingSince'>,
  status: number | null,
  now: Date,
): DisabledReason | null {
  if (status === 410) return 'gone';
  return failingSince !== null && now.getTime() - failingSince.getTime() >= PATIENCE_MS ? 'failing' : null;
}

export const overlapEnd = (now: Date): Date => new Date(now.getTime() + OVERLAP_HOURS * HOUR_MS);

/** Whether somebody may look after the endpoints that hear of everybody's events. @throws PermissionDenied */
export function requireAudience({ permissions }: Principal, audience: Audience, permission: string): void {
  if (audience === 'everybody' && !permissions.has(permission))
    throw new PermissionDenied(`This takes the permission ${permission}, which you do not hold.`);
}

/** @throws WebhookEventUnknown with the names that there are */
export function requireKnown(events: readonly string[], known: readonly string[]): void {
  const errors = events.flatMap((name, position) =>
    known.includes(name)
      ? []
      : [{ pointer: `#/events/${position}`, code: 'event_unknown', detail: `Allowed are: ${known.join(', ')}.` }],
  );
  if (errors.length > 0) throw new WebhookEventUnknown(undefined, { errors });
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();
