import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { type Refreshed, RefreshingClient } from './refreshing-client.ts';

/** REFRESH_STORM=1000 is the full storm: 10,000 refreshes of 1,000 sessions, all sessions at once. */
const SESSIONS = Number(process.env.REFRESH_STORM ?? 40);
const ROUNDS = 10;
const TIMEOUT_MS = 600_000;
/** As many as hash passwords at a time, and a few that wait. */
const SIGN_INS_AT_ONCE = 8;

let system: System;
let secondApi: Program;
let person: Person;
let client: RefreshingClient;
beforeAll(async () => {
  // One issuer: what one process signs, the other accepts.
  system = await startSystem({ AUTH_ISSUER: 'https://api.example.test' });
  secondApi = await start('api', system.env);
  person = await signUp(system);
  client = new RefreshingClient([system.api.url, secondApi.url]);
});
afterAll(async () => {
  await secondApi?.stop();
  await system.stop();
});

async function signIn(): Promise<Refreshed> {
  const { email, password } = person;
  const { status, body } = await client.anyApi().post('/v1/auth/login', { email, password }, fromElsewhere());
  if (status !== 200) throw new Error(`A sign-in was answered with ${status}: ${JSON.stringify(body)}`);
  return body.data as Refreshed;
}

async function signInOften(count: number): Promise<Refreshed[]> {
  const begun: Refreshed[] = [];
  while (begun.length < count)
    begun.push(
      ...(await Promise.all(Array.from({ length: Math.min(SIGN_INS_AT_ONCE, count - begun.length) }, signIn))),
    );
  return begun;
}

/** One refresh in ten goes out twice at once, and of one in ten the answer is lost and asked for again. */
async function refreshLikeAClient(token: string, turn: number): Promise<(Refreshed | null)[]> {
  if (turn % 10 === 3) return Promise.all([client.refresh(token), client.refresh(token)]);
  if (turn % 10 === 7) await client.loseAnswer(token);
  return [await client.refresh(token)];
}

type Fate = 'honest' | 'replayed' | 'logged out';
/** Of ten, one each. */
const OTHER_FATES: Readonly<Record<number, Fate>> = { 4: 'replayed', 8: 'logged out' };
const fateOf = (index: number): Fate => OTHER_FATES[index % 10] ?? 'honest';

/** All that a session ever was given. @throws when a client that did nothing wrong is refused, or two answers differ */
async function goThrough(begun: Refreshed, index: number) {
  const history = [begun];
  const fate = fateOf(index);
  for (let round = 0; round < ROUNDS; round++) {
    if (fate !== 'honest' && round === ROUNDS / 2)
      return { fate, history: [...history, ...(await (fate === 'replayed' ? replay(history) : signOut(history)))] };
    const answers = await refreshLikeAClient(history.at(-1)!.refreshToken, index + round);
    if (answers.includes(null)) throw new Error('An honest session was lost');
    if (new Set(answers.map((answer) => answer?.refreshToken)).size !== 1) throw new Error('A session forked');
    history.push(answers[0]!);
  }
  return { fate, history };
}

/** Somebody shows a copy of an old token while the client goes on. What the client still gets is worth nothing. */
async function replay(history: readonly Refreshed[]): Promise<Refreshed[]> {
  const [code, late] = await Promise.all([
    client.codeOfRefusal(history[1]!.refreshToken),
    client.refresh(history.at(-1)!.refreshToken),
  ]);
  if (code !== 'REFRESH_TOKEN_REUSED') throw new Error(`A late replay was answered with ${code}`);
  return late ? [late] : [];
}

/** Refreshes are on their way when the session ends. */
async function signOut(history: readonly Refreshed[]): Promise<Refreshed[]> {
  const { refreshToken, accessToken } = history.at(-1)!;
  const [first, ended, ...others] = await Promise.all([
    client.refresh(refreshToken),
    client.anyApi().post('/v1/auth/logout', undefined, { token: accessToken }),
    client.refresh(refreshToken),
    client.refresh(refreshToken),
  ]);
  if (ended.status !== 204) throw new Error(`A logout was answered with ${ended.status}`);
  return [first, ...others].filter((late) => late !== null);
}

async function isAccepted({ accessToken }: Refreshed): Promise<boolean> {
  const apis = [system.api, secondApi].map(({ url }) => new ApiClient(url));
  const answers = await Promise.all(apis.map((api) => api.get('/v1/me', { token: accessToken })));
  return answers.some(({ status }) => status !== 401);
}

describe('a storm of refreshes against two processes', () => {
  it(
    'loses no honest session, forks none, and leaves nothing alive of those that were replayed or logged out',
    async () => {
      const begun = await signInOften(SESSIONS);
      const [before, startedAt] = [client.asked, performance.now()];

      const ended = await Promise.all(begun.map(goThrough));

      const [refreshes, seconds] = [client.asked - before, (performance.now() - startedAt) / 1000];
      if (process.env.REFRESH_STORM)
        process.stdout.write(
          `${refreshes} requests in ${seconds.toFixed(1)} s, ${client.turnedAway} of them turned away\n`,
        );
      const isHonest = ({ fate }: { fate: Fate }) => fate === 'honest';
      const [honest, dead] = [
        ended.filter(isHonest),
        ended.filter((session) => !isHonest(session)).flatMap(({ history }) => history),
      ];
      expect(new Set(ended.map(({ fate }) => fate)).size).toBe(3);

      // Together: every process has a second to learn it, and refuses from then on.
      await eventually(async () => expect(await Promise.all(dead.map(isAccepted))).not.toContain(true), 1_000);
      expect(new Set(await Promise.all(dead.map(({ refreshToken }) => client.refresh(refreshToken))))).toEqual(
        new Set([null]),
      );
      const current = await Promise.all(honest.map(({ history }) => client.refresh(history.at(-1)!.refreshToken)));
      expect(current).not.toContain(null);
      expect(await Promise.all(current.map((tokens) => isAccepted(tokens!)))).not.toContain(false);
      expect(new Set(honest.flatMap(({ history }) => history.map(({ refreshToken }) => refreshToken))).size).toBe(
        honest.length * (ROUNDS + 1),
      );
    },
    TIMEOUT_MS,
  );
});
