import { setInterval } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttableServers, cuttableRedis, onRedisNodes } from '#platform/testing/servers/cuttable-servers.js';
import { fromElsewhere, signUp } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { sendParcel, whenDelivered } from '../parcels.ts';
import { parcelEffects } from './parcel-effects.ts';

const AWAY_MS = 10_000;
const EVERY_MS = 50;
const PATIENCE_MS = 60_000;
/** Each connection is asked every two seconds and may take one to answer; the rest is for a slow machine. */
const STRANDED_PATIENCE_MS = 10_000;

let system: System;
let redis: CuttableServers;
beforeAll(async () => {
  redis = await cuttableRedis();
  system = await startSystem({ ...withParcels, ...redis.env });
});
afterAll(async () => {
  await system.stop();
  await redis.close();
});

/** The statuses of parcels that arrive at a steady pace for so long. */
async function sendFor(milliseconds: number, token: string): Promise<number[]> {
  const answers = [];
  const end = Date.now() + milliseconds;
  for await (const _ of setInterval(EVERY_MS)) {
    if (Date.now() > end) break;
    answers.push(sendParcel(system.client, { token }));
  }
  return (await Promise.all(answers)).map(({ status }) => status);
}

/** What Redis is after a kill with its default persistence. */
const emptyRedis = () => onRedisNodes((redis) => redis.flushall());

describe('Redis stopped for ten seconds while parcels are sent, and empty when it returns', () => {
  it('costs no parcel: each is accepted, and delivered exactly once afterwards', async () => {
    const { email, token } = await signUp(system);
    const effects = () => parcelEffects(String(system.env.DATABASE_URL), email);

    const before = await sendFor(500, token);
    redis.cut();
    const meanwhile = await sendFor(AWAY_MS, token);
    await emptyRedis();
    redis.restore();

    const parcels = before.length + meanwhile.length;
    await eventually(
      async () => expect(await effects()).toMatchObject({ delivered: parcels, openJobs: 0 }),
      PATIENCE_MS,
    );
    expect(meanwhile.length).toBeGreaterThan(AWAY_MS / EVERY_MS / 2);
    expect(new Set([...before, ...meanwhile])).toEqual(new Set([201]));
    expect(await effects()).toEqual({ parcels, delivered: parcels, changedTwice: 0, openJobs: 0, deadLetters: 0 });
  });
});

describe('connections to Redis that a firewall has dropped, and nobody was told', () => {
  it('are replaced within seconds: people sign in, parcels are delivered, and every process is ready', async () => {
    const { email, password, token } = await signUp(system);
    const signIn = () => system.client.post('/v1/auth/login', { email, password }, fromElsewhere());
    const ready = () => Promise.all([system.api, system.worker].map(({ url }) => fetch(`${url}/health/ready`)));

    redis.strand();
    const { body } = await sendParcel(system.client, { token });

    await eventually(async () => expect((await signIn()).status).toBe(200), STRANDED_PATIENCE_MS);
    await whenDelivered(system.client, token, body.data.id, STRANDED_PATIENCE_MS);
    await eventually(
      async () => expect((await ready()).map(({ status }) => status)).toEqual([200, 200]),
      STRANDED_PATIENCE_MS,
    );
  });
});
