import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { redisProgramDirectory } from '../local-directory.ts';
import { isAlive } from '../processes.ts';
import type { Server } from '../server.ts';
import { redisAnswers, startRedis, stopOrphanedRedis } from './redis.ts';
import { unpackRedis } from './redis-from-debian.ts';
import { findRedis } from './redis-program.ts';

const ODD_NAME = `a [b] "c" $HOME 'd': %20 #é `;

async function setup(name = 'redis-') {
  const directory = mkdtempSync(join(tmpdir(), name));
  const program = await findRedis(redisProgramDirectory());
  if (!program) throw new Error('This machine has no Redis');
  return {
    directory,
    start: (preferredPort?: number) =>
      startRedis(program, {
        directory,
        logFile: join(directory, 'log'),
        durable: true,
        ...(preferredPort && { preferredPort }),
      }),
    async remove(server: Server) {
      await server.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

async function ask<T>({ url }: Server, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  const answer = await question(redis);
  redis.disconnect();
  return answer;
}

const portOf = ({ url }: Server): number => Number(new URL(url).port);

describe('a Redis of our own', () => {
  it('is configured so that no job is forgotten', async () => {
    const { start, remove } = await setup();
    const server = await start();

    const settings = await ask(server, (redis) =>
      redis.config('GET', 'maxmemory-policy', 'appendonly', 'appendfsync', 'bind'),
    );
    await remove(server);

    expect(settings).toEqual(expect.arrayContaining(['noeviction', 'yes', 'everysec', '127.0.0.1']));
  });

  it('is itself in a folder with any name', async () => {
    const { directory, start, remove } = await setup(ODD_NAME);
    const orphan = await start();

    const server = await start();
    const [, stored] = (await ask(server, (redis) => redis.config('GET', 'dir'))) as string[];
    await remove(server);

    expect([isAlive(orphan.pid), stored]).toEqual([false, directory]);
  });

  (existsSync(redisProgramDirectory()) ? it : it.skip)(
    'unpacked, finds its libraries in a folder with any name',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), ODD_NAME));
      cpSync(redisProgramDirectory(), join(directory, 'program'), { recursive: true });

      const program = await unpackRedis(join(directory, 'program'));
      rmSync(directory, { recursive: true });

      expect(program?.command).toContain(directory);
    },
  );

  it('keeps its keys, its address and its password from one start to the next', async () => {
    const { start, remove } = await setup();
    const first = await start();
    await ask(first, (redis) => redis.set('kept', '42'));
    await first.stop();

    const second = await start(portOf(first));
    const kept = await ask(second, (redis) => redis.get('kept'));
    await remove(second);

    expect(kept).toBe('42');
    expect(second.url).toBe(first.url);
  });

  it('takes the place of one that was left behind', async () => {
    const { start, remove } = await setup();
    const orphan = await start();

    const server = await start();
    await remove(server);

    expect(isAlive(orphan.pid)).toBe(false);
  });

  it('leaves that of the folder alone which its own folder is a copy of', async () => {
    const { directory, start, remove } = await setup();
    const original = await start();
    const copy = mkdtempSync(join(tmpdir(), 'redis-copy-'));
    cpSync(directory, copy, { recursive: true });

    await stopOrphanedRedis(copy);
    const goesOn = isAlive(original.pid);
    await remove(original);
    rmSync(copy, { recursive: true });

    expect(goesOn).toBe(true);
  });

  it('lets nobody in without its password, and nobody read where that stands', async () => {
    const { directory, start, remove } = await setup();
    const server = await start();

    const stranger = await redisAnswers({ port: portOf(server), password: 'guess' });
    const { mode } = statSync(join(directory, 'redis.conf'));
    await remove(server);

    expect(stranger).toBe(false);
    expect(mode & 0o077).toBe(0);
  });
});
