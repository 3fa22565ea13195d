import { setInterval } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { type RedisPair, startRedisPair } from '#platform/testing/servers/redis-pair.js';
import { startSentinel } from '#platform/testing/servers/redis-sentinel.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { sendParcel } from '../parcels.ts';
import { parcelEffects } from './parcel-effects.ts';

/** What is promised: from then on no request fails because another Redis is the master now. */
const OVER_AFTER_MS = 5_000;
const EVERY_MS = 50;
const SIGN_IN_EVERY_MS = 400;

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

async function setup(overrides: (pair: RedisPair) => Promise<Record<string, string>>) {
  const pair = await startRedisPair();
  closings.push(pair.stop);
  const system = await startSystem({ ...withParcels, ...(await overrides(pair)) });
  closings.push(system.stop);
  return { pair, system, person: await signUp(system) };
}

type Answer = Readonly<{ what: string; at: number; status: number }>;

/** Sends parcels and signs in, at a steady pace, until it is told to stop; tells what was answered, and when it had been asked. */
function useSteadily({ client }: System, { email, password, token }: Person) {
  const stopping = new AbortController();
  const answers: Promise<Answer>[] = [];
  const ask = async (what: string, everyMs: number, request: () => Promise<{ status: number }>) => {
    for await (const _ of setInterval(everyMs, undefined, { signal: stopping.signal })) {
      const at = performance.now();
      answers.push(request().then(({ status }) => ({ what, at, status })));
    }
  };
  const asking = [
    ask('parcel', EVERY_MS, () => sendParcel(client, { token })),
    ask('sign-in', SIGN_IN_EVERY_MS, () => client.post('/v1/auth/login', { email, password }, fromElsewhere())),
  ].map((work) => work.catch(() => undefined));
  return async () => {
    stopping.abort();
    await Promise.all(asking);
    return Promise.all(answers);
  };
}

/** From a moment long enough after the promotion no request may fail, nor any readiness; and each accepted parcel is delivered, once. */
async function expectNothingLost({
  system,
  person,
  promotedAt,
  stop,
}: Readonly<{ system: System; person: Person; promotedAt: number; stop: () => Promise<Answer[]> }>) {
  await eventually(() => expect(performance.now() - promotedAt).toBeGreaterThan(OVER_AFTER_MS + 500));
  const readiness = await Promise.all(
    [system.api, system.worker].map(({ url }) => new ApiClient(url).get('/health/ready')),
  );
  const answers = await stop();

  const parcels = answers.filter(({ what, status }) => what === 'parcel' && status === 201).length;
  const failures = answers.filter(({ status }) => status >= 400);
  const lastFailure = Math.round(Math.max(0, ...failures.map(({ at }) => at - promotedAt)));
  if (process.env.FAILOVER_FIGURES)
    process.stdout.write(
      `${answers.length} requests, ${failures.length} failed, the last one asked ${lastFailure} ms after the promotion\n`,
    );
  expect(lastFailure).toBeLessThan(OVER_AFTER_MS);
  expect(answers.filter(({ what, status }) => what === 'parcel' && status !== 201)).toEqual([]);
  expect(new Set(answers.map(({ what }) => what)).size).toBe(2);
  expect(readiness.map(({ status }) => status)).toEqual([200, 200]);

  const effects = () => parcelEffects(String(system.env.DATABASE_URL), person.email);
  await eventually(
    async () =>
      expect(await effects()).toEqual({ parcels, delivered: parcels, changedTwice: 0, openJobs: 0, deadLetters: 0 }),
    30_000,
  );
}

describe('a Redis that fails over under load', () => {
  it('by a promoted replica: a name leads to it, and what is open to the demoted master stays open', async () => {
    let redirect = (): void => undefined;
    const { pair, system, person } = await setup(async ({ master, replica }) => {
      const name = await cuttableProxy(master);
      closings.push(name.close);
      redirect = () => name.redirect(replica);
      return { REDIS_URL: name.url };
    });
    const stop = useSteadily(system, person);
    await whenSomeAreDelivered(system, person);

    redirect();
    await pair.promote();

    await expectNothingLost({ system, person, promotedAt: performance.now(), stop });
  });

  it('by a Sentinel: it promotes the replica of a master that has gone silent', async () => {
    let masterPort = async (): Promise<string | undefined> => undefined;
    const { pair, system, person } = await setup(async ({ master }) => {
      const sentinel = await startSentinel('parcels-master', master);
      closings.push(sentinel.stop);
      masterPort = sentinel.masterPort;
      return { REDIS_URL: `redis://:${new URL(master).password}@parcels-master`, REDIS_SENTINELS: sentinel.address };
    });
    const stop = useSteadily(system, person);
    await whenSomeAreDelivered(system, person);

    pair.freezeMaster();
    await eventually(async () => expect(await masterPort()).toBe(new URL(pair.replica).port), 30_000);

    await expectNothingLost({ system, person, promotedAt: performance.now(), stop });
  });
});

async function whenSomeAreDelivered({ env }: System, { email }: Person): Promise<void> {
  await eventually(async () =>
    expect((await parcelEffects(String(env.DATABASE_URL), email)).delivered).toBeGreaterThan(10),
  );
}
