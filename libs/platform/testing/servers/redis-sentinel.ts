import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { redisProgramDirectory } from '../../../../tools/servers/local-directory.ts';
import { freePort } from '../../../../tools/servers/ports.ts';
import { findRedis, HOW_TO_GET_REDIS } from '../../../../tools/servers/redis/redis-program.ts';
import { startTethered } from '../../../../tools/servers/tethered-process.ts';
import { eventually } from '../waiting/eventually.js';

export type RedisSentinel = Readonly<{
  address: string;
  /** The port of the master, as it tells everybody. */
  masterPort: () => Promise<string | undefined>;
  stop: () => Promise<void>;
}>;

/** Watches over a master under this name, and promotes its replica soon after the master has gone silent. */
export async function startSentinel(name: string, masterUrl: string): Promise<RedisSentinel> {
  const program = await findRedis(redisProgramDirectory());
  if (!program) throw new Error(`No Redis: ${HOW_TO_GET_REDIS}.`);

  const directory = mkdtempSync(join(tmpdir(), 'redis-sentinel-'));
  const configuration = join(directory, 'sentinel.conf');
  const { hostname, port: masterPort, password } = new URL(masterUrl);
  const port = await freePort();
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir "${directory}"`,
    `sentinel monitor ${name} ${hostname} ${masterPort} 1`,
    `sentinel auth-pass ${name} ${password}`,
    `sentinel down-after-milliseconds ${name} 1000`,
    `sentinel failover-timeout ${name} 3000`,
  ];
  writeFileSync(configuration, `${lines.join('\n')}\n`, { mode: 0o600 });
  const process = startTethered({
    command: program.command,
    args: [configuration, '--sentinel'],
    env: program.env,
    output: 'pipe',
    stopSignal: 'SIGTERM',
  });
  process.child.stdout?.resume();

  const redis = new Redis({ port, host: '127.0.0.1' });
  redis.on('error', () => undefined);
  await eventually(async () => {
    const replicas = (await redis.call('SENTINEL', 'REPLICAS', name)) as unknown[];
    if (replicas.length === 0) throw new Error('The Sentinel has found no replica');
  });
  return {
    address: `127.0.0.1:${port}`,
    masterPort: async () => ((await redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name)) as string[])[1],
    stop: async () => {
      redis.disconnect();
      await process.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
