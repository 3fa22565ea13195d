import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisProgramDirectory } from '../tools/servers/local-directory.ts';
import { startRedis } from '../tools/servers/redis.ts';
import { findRedis, HOW_TO_GET_REDIS } from '../tools/servers/redis-program.ts';

/** A Redis of one test's own, which may be of a special kind: `directives` are further lines of its configuration. */
export async function startOwnRedis(
  directives: readonly string[] = [],
): Promise<Readonly<{ url: string; stop: () => Promise<void> }>> {
  const program = await findRedis(redisProgramDirectory());
  if (!program) throw new Error(`No Redis: ${HOW_TO_GET_REDIS}.`);

  const directory = mkdtempSync(join(tmpdir(), 'redis-'));
  const logFile = join(directory, 'redis.log');
  const server = await startRedis(program, { directory, logFile, durable: false, directives });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
