import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { redisProgramDirectory } from '../../../../tools/servers/local-directory.ts';
import { startRedis } from '../../../../tools/servers/redis/redis.ts';
import { findRedis, HOW_TO_GET_REDIS } from '../../../../tools/servers/redis/redis-program.ts';
import { eventually } from '../waiting/eventually.js';

/** Two servers of one test's own: a master, and a replica that has everything the master has. */
export type RedisPair = Readonly<{
  master: string;
  replica: string;
  /** The replica becomes the master, and the old master its replica: what is open to it stays open and takes no more writes. */
  promote: () => Promise<void>;
  /** The master stops answering, and nothing that is open to it ends. */
  freezeMaster: () => void;
  stop: () => Promise<void>;
}>;

export async function startRedisPair(): Promise<RedisPair> {
  const program = await findRedis(redisProgramDirectory());
  if (!program) throw new Error(`No Redis: ${HOW_TO_GET_REDIS}.`);

  const root = mkdtempSync(join(tmpdir(), 'redis-pair-'));
  // One for both, as a replica and its clients have to know that of the master.
  const password = randomUUID();
  const start = (name: string) =>
    startRedis(program, { directory: join(root, name), logFile: join(root, `${name}.log`), durable: false, password });
  const servers = [await start('one'), await start('other')] as const;
  const [one, other] = servers.map(({ url }) => new URL(url)) as [URL, URL];
  const [first, second] = [new Redis(one.href), new Redis(other.href)];
  for (const redis of [first, second]) {
    await redis.config('SET', 'masterauth', one.password);
    // At once instead of after five seconds, in which more writes could share one copy.
    await redis.config('SET', 'repl-diskless-sync-delay', '0');
  }
  await second.replicaof(one.hostname, one.port);
  await eventually(async () => {
    if (!(await second.info('replication')).includes('master_link_status:up'))
      throw new Error('The replica has not caught up');
  });

  return {
    master: one.href,
    replica: other.href,
    promote: async () => {
      await second.replicaof('NO', 'ONE');
      await first.replicaof(other.hostname, other.port);
    },
    freezeMaster: () => process.kill(servers[0].pid, 'SIGSTOP'),
    stop: async () => {
      process.kill(servers[0].pid, 'SIGCONT');
      for (const redis of [first, second]) redis.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(root, { recursive: true });
    },
  };
}
