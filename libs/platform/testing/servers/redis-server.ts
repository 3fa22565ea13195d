import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { redisProgramDirectory } from '../../../../tools/servers/local-directory.ts';
import { freePort } from '../../../../tools/servers/ports.ts';
import { findRedis, HOW_TO_GET_REDIS } from '../../../../tools/servers/redis/redis-program.ts';
import { startTethered } from '../../../../tools/servers/tethered-process.ts';
import { eventually } from '../waiting/eventually.js';
import type { Certificate } from './certificate.js';

export type RedisServer = Readonly<{
  url: string;
  port: number;
  /** A connection of the test's own, which comes back whenever the server does. */
  admin: Redis;
  /** Ends it. What SAVE has stored is there after the next start. */
  end: () => Promise<void>;
  /** With SIGKILL. */
  kill: () => Promise<void>;
  start: () => void;
  remove: () => Promise<void>;
}>;

type Settings = Readonly<{ host?: string; port?: number; tls?: Certificate }>;

/** A server of one test's own, without a password, which can be what no setting makes of a running one: `lines` as in redis.conf. */
export async function startRedisServer(
  lines: (port: number) => readonly string[],
  { host = '127.0.0.1', port: wanted, tls }: Settings = {},
): Promise<RedisServer> {
  const program = await findRedis(redisProgramDirectory());
  if (!program) throw new Error(`No Redis: ${HOW_TO_GET_REDIS}.`);

  const directory = mkdtempSync(join(tmpdir(), 'redis-server-'));
  const configuration = join(directory, 'redis.conf');
  const port = wanted ?? (await freePort());
  const encrypted = tls
    ? ['port 0', `tls-port ${port}`, `tls-cert-file ${tls.certificateFile}`, `tls-key-file ${tls.keyFile}`]
    : [`port ${port}`];
  const all = [`bind ${host}`, ...encrypted, `dir "${directory}"`, 'save ""', ...lines(port)];
  writeFileSync(configuration, `${all.join('\n')}\n`);
  const run = () => {
    const { command, env } = program;
    const server = startTethered({ command, args: [configuration], env, output: 'pipe', stopSignal: 'SIGTERM' });
    server.child.stdout?.resume();
    return server;
  };

  let server = run();
  const admin = new Redis({
    host,
    port,
    ...(tls && { tls: { ca: tls.text } }),
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
  });
  admin.on('error', () => undefined);
  await eventually(() => {
    if (admin.status !== 'ready') throw new Error(`Redis does not start with: ${all.join('; ')}`);
  }).catch(async (error) => {
    admin.disconnect();
    await server.stop();
    throw error;
  });
  const url = new URL(`${tls ? 'rediss' : 'redis'}://${host.includes(':') ? `[${host}]` : host}:${port}`);
  return {
    url: url.href,
    port,
    admin,
    end: () => server.stop(),
    kill: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    start: () => (server = run()),
    remove: async () => {
      admin.disconnect();
      await server.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
