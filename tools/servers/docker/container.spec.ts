import { describe, expect, it } from 'vitest';
import { runArguments } from './container.ts';
import { postgresImage, redisImage } from './images.ts';

const IMAGES = [postgresImage, redisImage];
const ACCESS = { password: 'the-password', port: 5555 };

const commandFor = (image: (typeof IMAGES)[number], durable: boolean, directory = '/project/.local/server') =>
  runArguments(image, { directory, logFile: '/dev/null', durable }, ACCESS).join(' ');

describe.each(IMAGES.map((image) => [image.name, image] as const))('a container of %s', (_name, image) => {
  it('is reached from this machine alone', () => {
    expect(commandFor(image, true)).toMatch(new RegExp(`--publish 127\\.0\\.0\\.1:5555:${image.port} `));
  });

  it('keeps what is to last in a volume of its own', () => {
    const [volume, other] = ['/project/.local/server', '/another/.local/server'].map(
      (directory) => /--volume (\S+):/.exec(commandFor(image, true, directory))?.[1],
    );

    expect(volume).toMatch(/^local-\w{12}$/);
    expect(other).not.toBe(volume);
  });

  it('leaves nothing behind of a test', () => {
    expect(commandFor(image, false)).toContain(`--tmpfs ${image.data} `);
    expect(commandFor(image, false)).not.toContain('--volume');
  });
});

describe('what runs in a container', () => {
  it('is set as what runs without one', () => {
    expect(commandFor(postgresImage, true)).toMatch(/shared_preload_libraries=pg_stat_statements$/);
    expect(commandFor(postgresImage, false)).toMatch(/max_connections=200 .*fsync=off/);
    expect(commandFor(redisImage, true)).toMatch(/--requirepass the-password .*noeviction .*--appendonly yes/);
    expect(commandFor(redisImage, false)).toMatch(/noeviction .*--appendonly no --save $/);
  });
});
