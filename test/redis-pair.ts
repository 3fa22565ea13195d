import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { redisProgramDirectory } from '../tools/servers/local-directory.ts';
import { HOW_TO_GET_REDIS, findRedis } from '../tools/servers/redis-program.ts';
import { startRedis } from '../tools/servers/redis.ts';
import { eventually } from './eventually.ts';

/** Two servers of one test's own: a master, and a replica that has everything the master has. */
export type RedisPair = Readonly<{
  master: string;
  replica: string;
  /** The replica becomes the master, and the old master its replica: what is open to it stays open and takes no more writes. */
  promote: () => Promise<void>;
  stop: () => Promise<void>;
}>;

export async function startRedisPair(): Promise<RedisPair> {
  const program = await findRedis(redisProgramDirectory());
  if (!program) throw new Error(`No Redis: ${HOW_TO_GET_REDIS}.`);

  const root = mkdtempSync(join(tmpdir(), 'redis-pair-'));
  const start = (name: string) => startRedis(program, { directory: join(root, name), logFile: join(root, `${name}.log`), durable: false });
  const servers = [await start('one'), await start('other')] as const;
  const [one, other] = servers.map(({ url }) => new URL(url)) as [URL, URL];
  const [first, second] = [new Redis(one.href), new Redis(other.href)];

  await second.config('SET', 'requirepass', one.password);
  other.password = one.password;
  for (const redis of [first, second]) {
    await redis.config('SET', 'masterauth', one.password);
    // At once instead of after five seconds, in which more writes could share one copy.
    await redis.config('SET', 'repl-diskless-sync-delay', '0');
  }
  await second.replicaof(one.hostname, one.port);
  await eventually(async () => {
    if (!(await second.info('replication')).includes('master_link_status:up')) throw new Error('The replica has not caught up');
  });

  return {
    master: one.href,
    replica: other.href,
    promote: async () => {
      await second.replicaof('NO', 'ONE');
      await first.replicaof(other.hostname, other.port);
    },
    stop: async () => {
      for (const redis of [first, second]) redis.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(root, { recursive: true });
    },
  };
}
