import { spawnSync } from 'node:child_process';
import { machineEnvironment } from '../shell-environment.ts';
import type { RedisProgram } from './redis.ts';
import { unpackRedis } from './redis-from-debian.ts';

export const HOW_TO_GET_REDIS =
  'install it (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis)';

/** From the PATH, or from Debian's packages unpacked into `directory`; null when this machine has neither. */
export const findRedis = async (directory: string): Promise<RedisProgram | null> =>
  redisOnPath() ?? unpackRedis(directory);

export function redisOnPath(): RedisProgram | null {
  for (const command of ['redis-server', 'valkey-server']) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (status === 0)
      return {
        command,
        env: machineEnvironment(),
        origin: `${command} ${/v=([\d.]+)/.exec(stdout)?.[1] ?? ''} on the PATH`,
      };
  }
  return null;
}
