import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { ConnectionWatch } from './connection-watch.js';

const ROUND_MS = 5_000;
const closings: (() => unknown)[] = [];
// The watch's own rounds alone, which the tests begin; everything else takes the time that it takes.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closings.splice(0).reverse()) await close();
});

function aWatch(readAnew: (key: string) => Promise<string | null>): ConnectionWatch {
  const watch = new ConnectionWatch({ timeoutMs: 30_000, readAnew, onSilence: () => undefined });
  closings.push(() => watch.stop());
  return watch;
}

async function aConnection(url = String(process.env.REDIS_URL), retryMs = 20): Promise<Redis> {
  const redis = new Redis(url, { retryStrategy: () => retryMs, maxRetriesPerRequest: null });
  closings.push(() => redis.disconnect());
  await redis.ping();
  return redis;
}

describe('the comparison of servers', () => {
  /** A connection, another one to the same Redis, and what is read over a new one as the test says. */
  async function setup(readAnew: (other: Redis, key: string) => Promise<string | null>) {
    const [redis, other] = [await aConnection(), await aConnection()];
    let begun = 0;
    let ended = 0;
    const watch = aWatch(async (key) => {
      begun++;
      return readAnew(other, key).finally(() => ended++);
    });
    watch.add(redis, 'write');
    const before = redis.stream;
    const round = () => void vi.advanceTimersByTime(ROUND_MS);
    const isKept = async () => {
      await eventually(() => expect([begun > 0, ended]).toEqual([true, begun]));
      await redis.ping();
      return redis.stream === before;
    };
    return { round, begun: () => begun, isKept };
  }

  it('has one round at a time, so that a long one does not meet the value of the next', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const { round, begun, isKept } = await setup((other, key) => released.then(() => other.get(key)));

    round();
    await eventually(() => expect(begun()).toBe(1));
    round();
    round();
    release();

    expect([await isKept(), begun()]).toEqual([true, 1]);
  });

  it('does not take what a full Redis has evicted for another server', async () => {
    const { round, isKept } = await setup(async (other, key) => {
      await other.del(key);
      return other.get(key);
    });

    round();

    expect(await isKept()).toBe(true);
  });

  it.each([
    ['lacks the value', null],
    ['has an older value', 'of an earlier round'],
  ])('leaves for a server that %s, in one round', async (_what, found) => {
    const { round, isKept } = await setup(async () => found);

    round();

    expect(await isKept()).toBe(false);
  });
});

describe('the connections that follow the first one', () => {
  async function setup() {
    const [name, slow] = [
      await cuttableProxy(String(process.env.REDIS_URL)),
      await cuttableProxy(String(process.env.REDIS_URL)),
    ];
    closings.push(name.close, slow.close);
    // The first comes back after the other has begun.
    const [first, other] = [await aConnection(name.url, 300), await aConnection(slow.url)];
    const watch = aWatch(() => Promise.reject(new Error('not asked')));
    watch.add(first, 'write');
    watch.add(other, 'none');
    const comeBack = async () => {
      const ready = new Promise((resolve) => first.once('ready', resolve));
      first.stream.destroy();
      return ready;
    };
    return { slow, other, comeBack };
  }

  it('are opened again when they are older', async () => {
    const { other, comeBack } = await setup();
    const before = other.stream;

    await comeBack();

    await eventually(() => expect([other.status, other.stream === before]).toEqual(['ready', false]));
  });

  it('are left alone when they have begun since, though they are not open yet', async () => {
    const { slow, other, comeBack } = await setup();
    slow.freeze();

    const back = comeBack();
    other.stream.destroy();
    await eventually(() => expect(other.status).toBe('connect'));
    const begun = other.stream;
    await back;
    await new Promise(setImmediate);

    expect([other.status, other.stream === begun, begun.destroyed]).toEqual(['connect', true, false]);
  });
});
