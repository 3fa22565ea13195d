import { afterAll, describe, expect, it } from 'vitest';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { testDatabase } from '../../testing/test-database.js';
import { listen } from './listen.js';

const database = testDatabase();
const closings: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closings.reverse()) await close();
  await database.onApplicationShutdown();
});

const env = loadEnv(aValidEnv({ DATABASE_URL: process.env.DATABASE_URL, OTEL_SERVICE_NAME: 'listen-spec' }));
const notify = (channel: string) =>
  database.query({ name: 'tests.notify', text: `SELECT pg_notify($1, '')` }, [channel]);
const CUT = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listen-spec:listen'`;
const cutListeners = () => database.query({ name: 'tests.cut', text: CUT });

async function setup(channel: string) {
  const heard = { times: 0 };
  const listening = listen(env, channel, () => heard.times++);
  await eventually(() => expect(heard.times).toBe(1));
  return { heard, listening };
}

describe('listen', () => {
  it('wakes once when it is there, and then for every notification that commits', async () => {
    const { heard, listening } = await setup('tests_every');

    await notify('tests_every');
    await database
      .transaction(async () => {
        await notify('tests_every');
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await notify('tests_every');

    await eventually(() => expect(heard.times).toBe(3));
    await listening.stop();
  });

  it('comes back after its connection was cut, and wakes for what it may have missed', async () => {
    const { heard, listening } = await setup('tests_back');

    await cutListeners();

    await eventually(() => expect(heard.times).toBeGreaterThanOrEqual(2));
    await listening.stop();
  });

  it('comes back after its connection was dropped on the way, which nobody told it', async () => {
    const proxy = await cuttableProxy(String(process.env.DATABASE_URL));
    const heard = { times: 0 };
    closings.push(() => proxy.close());
    const listening = listen(
      { ...env, DATABASE_URL: proxy.url, DATABASE_CONNECT_TIMEOUT: 300 },
      'tests_stranded',
      () => heard.times++,
    );
    closings.push(listening.stop);
    await eventually(() => expect(heard.times).toBe(1));

    proxy.strand();

    await eventually(() => expect(heard.times).toBe(2), 5_000);
    await notify('tests_stranded');
    await eventually(() => expect(heard.times).toBe(3));
  });

  it('stops at once while the server is away', async () => {
    const listening = listen(
      loadEnv(aValidEnv({ DATABASE_URL: 'postgresql://postgres@127.0.0.1:1/none' })),
      'tests_away',
      () => undefined,
    );
    const startedAt = performance.now();

    await listening.stop();

    expect(performance.now() - startedAt).toBeLessThan(patience(1_000));
  });
});
