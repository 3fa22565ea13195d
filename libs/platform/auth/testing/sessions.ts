import { loadEnv } from '../../config/load-env.js';
import type { Database } from '../../database/database.js';
import { newId } from '../../kernel/values/ids.js';
import { RecordedAudit } from '../../testing/doubles/recorded-audit.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { aPrincipal } from '../../testing/principal.factory.js';
import type { EndedSessionsBroadcast } from '../sessions/ended-sessions-broadcast.js';
import { RecentSignIns } from '../sessions/recent-sign-ins.js';
import { SessionLifetimes } from '../sessions/session-lifetimes.js';
import { SessionStore } from '../sessions/session-store.js';
import { Sessions } from '../sessions/sessions.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { RefreshTokens } from '../tokens/refresh-tokens.js';
import { SigningKeys } from '../tokens/signing-keys.js';

export const LEEWAY = 10;
export const IDLE = 1_000;
export const LIFE = 3_000;
export const BROWSER = { userAgent: 'Firefox', ipAddress: '192.0.2.1' };

export async function aUserId(database: Database): Promise<string> {
  const [id, now] = [newId(), new Date()];
  await database.client.user.create({ data: { id, email: `${id}@example.test`, createdAt: now, updatedAt: now } });
  return id;
}

/** Of a user of their own, by a clock that a test moves. */
export async function someSessions(database: Database, overrides: Readonly<Record<string, string>> = {}) {
  const lives = {
    AUTH_REFRESH_LEEWAY: String(LEEWAY),
    AUTH_REFRESH_IDLE_TTL: String(IDLE),
    AUTH_REFRESH_TTL: String(LIFE),
  };
  const config = loadEnv(aValidEnv({ ...lives, ...overrides }));
  const clock = new StoppedClock();
  const published: string[] = [];
  const broadcast = { publish: (ids: readonly string[]) => void published.push(...ids) } as EndedSessionsBroadcast;
  const lifetimes = new SessionLifetimes(config, clock);
  const accessTokens = new AccessTokens(new SigningKeys(config), clock, config);
  const audit = new RecordedAudit();
  const store = new SessionStore(database, lifetimes, broadcast, audit);
  const sessions = new Sessions(store, lifetimes, accessTokens, new RefreshTokens(config));
  const userId = await aUserId(database);
  const isRecent = (sessionId: string | null) =>
    new RecentSignIns(store, clock).require(aPrincipal({ id: userId, sessionId })).then(
      () => true,
      () => false,
    );
  return { sessions, store, clock, published, audit, userId, isRecent };
}
