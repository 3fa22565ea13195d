import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from './ports.ts';
import { postgresAccepts } from './postgres.ts';
import { redisAnswers } from './redis.ts';
import { doesNotStart, type Server, type ServerSettings } from './server.ts';
import { machineEnvironment } from './shell-environment.ts';
import { isReady, startTethered } from './tethered-process.ts';

type Image = Readonly<{
  name: string;
  port: number;
  /** Where the image keeps what it stores. */
  data: string;
  stopSignal: NodeJS.Signals;
  /** `docker run` options and the image's own arguments. */
  options(password: string): readonly string[];
  arguments(password: string): readonly string[];
  url(password: string, port: number): string;
  answers(password: string, port: number): Promise<boolean>;
}>;

const PATIENCE_FOR_DOWNLOAD_MS = 300_000;

const postgresUrl = (password: string, port: number): string =>
  `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;

export const postgresImage: Image = {
  name: 'postgres:18',
  port: 5432,
  data: '/var/lib/postgresql',
  stopSignal: 'SIGINT',
  options: (password) => ['-e', `POSTGRES_PASSWORD=${password}`],
  arguments: () => ['-c', 'shared_preload_libraries=pg_stat_statements'],
  url: postgresUrl,
  answers: (password, port) => postgresAccepts(postgresUrl(password, port)),
};

export const redisImage: Image = {
  name: 'redis:8',
  port: 6379,
  data: '/data',
  stopSignal: 'SIGTERM',
  options: () => [],
  arguments: (password) => [
    'redis-server',
    '--requirepass',
    password,
    '--appendonly',
    'yes',
    '--maxmemory-policy',
    'noeviction',
  ],
  url: (password, port) => `redis://:${password}@127.0.0.1:${port}`,
  answers: (password, port) => redisAnswers({ password, port }),
};

export const hasDockerEngine = (): boolean =>
  spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { stdio: 'ignore' }).status === 0;

/** The last resort. The container runs in the foreground of `docker run`, so it ends with us like any program. */
export async function startContainer(
  image: Image,
  { directory, logFile, preferredPort }: ServerSettings,
): Promise<Server> {
  const name = `kit-${createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 12)}`;
  spawnSync('docker', ['rm', '--force', name], { stdio: 'ignore' });

  const password = passwordIn(directory);
  const port = await freePort(preferredPort);
  const placement = [
    '--name',
    name,
    '--publish',
    `127.0.0.1:${port}:${image.port}`,
    '--volume',
    `${name}:${image.data}`,
  ];
  const args = [
    'run',
    '--rm',
    '--init',
    ...placement,
    ...image.options(password),
    image.name,
    ...image.arguments(password),
  ];
  const log = openSync(logFile, 'w', 0o600);
  const server = startTethered({
    command: 'docker',
    args,
    env: machineEnvironment(),
    output: log,
    stopSignal: image.stopSignal,
  });
  closeSync(log);

  const isUp = await isReady(server, () => image.answers(password, port), PATIENCE_FOR_DOWNLOAD_MS);
  if (!isUp) throw new Error(doesNotStart(image.name, logFile));
  return {
    url: image.url(password, port),
    pid: server.pid,
    origin: `${image.name} in Docker`,
    exited: server.exited,
    stop: server.stop,
  };
}

function passwordIn(directory: string): string {
  const file = join(directory, 'docker-password');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
