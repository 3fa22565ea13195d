import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import type { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/values/ids.js';
import { RecordedAudit } from '../../testing/doubles/recorded-audit.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { testDatabase } from '../../testing/test-database.js';
import { RefreshTokenInvalid, RefreshTokenReused } from '../auth.errors.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { RefreshTokens } from '../tokens/refresh-tokens.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import type { EndedSessionsBroadcast } from './ended-sessions-broadcast.js';
import { SessionLifetimes } from './session-lifetimes.js';
import { SessionStore } from './session-store.js';
import { Sessions } from './sessions.js';

/** REFRESH_STORM=1000 is the full storm: 10,000 refreshes of 1,000 sessions at once. REFRESH_ONE refreshes one session that often. */
const SESSIONS = Number(process.env.REFRESH_STORM ?? 60);
const OF_ONE_SESSION = Number(process.env.REFRESH_ONE ?? 2_000);
const ROUNDS = 10;
const TIMEOUT_MS = 1_000_000;

const databases = [testDatabase(), testDatabase()];
afterAll(() => Promise.all(databases.map((database) => database.onApplicationShutdown())));

/** Two processes on one database, each with its own connections, and the time of this machine. */
const config = loadEnv(aValidEnv());
const clock: Clock = { now: () => new Date() };
const lifetimes = new SessionLifetimes(config, clock);
const broadcast = { publish: () => undefined } as unknown as EndedSessionsBroadcast;
const processes = databases.map((database) => {
  const accessTokens = new AccessTokens(new SigningKeys(config), clock, config);
  return new Sessions(
    new SessionStore(database, lifetimes, broadcast, new RecordedAudit()),
    lifetimes,
    accessTokens,
    new RefreshTokens(config),
  );
});
let asked = 0;
const anyProcess = () => processes[asked++ % processes.length]!;
const refresh = async (token: string) => (await anyProcess().refresh(token)).refreshToken;

async function aUserId(): Promise<string> {
  const [id, now] = [newId(), new Date()];
  await databases[0]!.client.user.create({ data: { id, email: `${id}@example.test`, createdAt: now, updatedAt: now } });
  return id;
}

async function begin(userId: string) {
  const { refreshToken, sessionId } = await anyProcess().begin(userId, { userAgent: null, ipAddress: null });
  return { sessionId, token: refreshToken };
}

/** One refresh in ten goes out twice at once, and of one in ten the answer is lost and asked for again. */
async function refreshLikeAClient(token: string, turn: number): Promise<string[]> {
  if (turn % 10 === 3) return Promise.all([refresh(token), refresh(token)]);
  if (turn % 10 === 7) return [await refresh(token), await refresh(token)];
  return [await refresh(token)];
}

type Fate = 'honest' | 'replayed' | 'logged out';
/** Of ten, one each. */
const OTHER_FATES: Readonly<Record<number, Fate>> = { 4: 'replayed', 8: 'logged out' };
const fateOf = (index: number): Fate => OTHER_FATES[index % 10] ?? 'honest';

/** @throws when a client that did nothing wrong is refused, or two answers differ */
async function goThrough({ sessionId, token }: Awaited<ReturnType<typeof begin>>, index: number) {
  const history = [token];
  const fate = fateOf(index);
  for (let round = 0; round < ROUNDS; round++) {
    if (fate !== 'honest' && round === ROUNDS / 2)
      return { fate, ...(await (fate === 'replayed' ? replay(history) : signOut(sessionId, history))) };
    const answers = await refreshLikeAClient(history.at(-1)!, index + round);
    if (new Set(answers).size !== 1) throw new Error('The session forked');
    history.push(answers[0]!);
  }
  return { fate, history, refusals: [] };
}

/** Somebody shows a copy of an old token while the client goes on. */
async function replay(history: string[]) {
  const [replayed, honest] = await Promise.allSettled([refresh(history[1]!), refresh(history.at(-1)!)]);
  const after = honest.status === 'fulfilled' ? [...history, honest.value] : history;
  return { history: after, refusals: [replayed.status === 'rejected' ? (replayed.reason as unknown) : null] };
}

/** Refreshes are on their way when the session ends. */
async function signOut(sessionId: string, history: string[]) {
  const newest = history.at(-1)!;
  const answers = await Promise.allSettled([
    refresh(newest),
    anyProcess().end(sessionId),
    refresh(newest),
    refresh(newest),
  ]);
  const late = answers.flatMap((answer) =>
    answer.status === 'fulfilled' && typeof answer.value === 'string' ? [answer.value] : [],
  );
  return { history: [...history, ...late], refusals: [] };
}

const isRefused = (token: string) =>
  refresh(token).then(
    () => false,
    (error: unknown) => error instanceof RefreshTokenInvalid || error instanceof RefreshTokenReused,
  );

/** What the whole table takes on disk. */
async function sessionsOnDisk(): Promise<number> {
  const [row] = await databases[0]!.query<{ size: number }>(
    { name: 'test.size', text: `SELECT pg_total_relation_size('sessions') AS size` },
    [],
  );
  return row!.size;
}

/** How Postgres replaced the rows: in their page, or somewhere else with new index entries. */
async function shareInPlace(): Promise<string> {
  const text = `SELECT n_tup_upd AS updates, n_tup_hot_upd AS hot, autovacuum_count AS vacuumed FROM pg_stat_user_tables WHERE relname = 'sessions'`;
  const [row] = await databases[0]!.query<Record<'updates' | 'hot' | 'vacuumed', number>>(
    { name: 'test.updates', text },
    [],
  );
  return `${row!.hot} of ${row!.updates} updates in place, ${row!.vacuumed} autovacuums`;
}

const report = (what: string, count: number, since: number, more = '') => {
  const seconds = (performance.now() - since) / 1000;
  process.stdout.write(
    `${what}: ${count} refreshes in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} a second${more}\n`,
  );
};

describe('a storm of refreshes', () => {
  it(
    'loses no honest session, forks none, and leaves none alive that was replayed or logged out',
    async () => {
      const userId = await aUserId();
      const begun = await Promise.all(Array.from({ length: SESSIONS }, () => begin(userId)));

      const [before, start] = [asked, performance.now()];
      const ended = await Promise.all(begun.map(goThrough));
      if (process.env.REFRESH_STORM) report('storm', asked - before, start);

      const dead = ended.filter(({ fate }) => fate !== 'honest');
      const honest = ended.filter(({ fate }) => fate === 'honest');
      const replays = ended.filter(({ fate }) => fate === 'replayed').flatMap(({ refusals }) => refusals);
      expect(replays.length).toBeGreaterThan(0);
      expect(replays.every((refusal) => refusal instanceof RefreshTokenReused)).toBe(true);
      for (const { history } of dead) expect(await Promise.all(history.map(isRefused))).not.toContain(false);

      expect(new Set(honest.flatMap(({ history }) => history)).size).toBe(honest.length * (ROUNDS + 1));
      expect(await databases[0]!.client.session.count({ where: { userId, endedAt: null } })).toBe(honest.length);
      await expect(Promise.all(honest.map(({ history }) => refresh(history.at(-1)!)))).resolves.toHaveLength(
        honest.length,
      );
    },
    TIMEOUT_MS,
  );
});

describe('a session that is refreshed for ever', () => {
  it(
    'takes no more room than one that never was',
    async () => {
      const userId = await aUserId();
      let { token } = await begin(userId);
      const [sizeBefore, start] = [await sessionsOnDisk(), performance.now()];

      for (let count = 0; count < OF_ONE_SESSION; count++) token = await refresh(token);

      const grown = (await sessionsOnDisk()) - sizeBefore;
      if (process.env.REFRESH_ONE)
        report(
          'one session',
          OF_ONE_SESSION,
          start,
          `, table from ${sizeBefore} to ${sizeBefore + grown} bytes, ${await shareInPlace()}`,
        );
      const rows = await databases[0]!.client.session.count({ where: { userId } });
      expect(rows).toBe(1);
      // Old versions of the row are pruned in their page: a few pages, however often.
      expect(grown).toBeLessThan(16 * 8_192);
    },
    TIMEOUT_MS,
  );
});
