import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '../ports.ts';
import { doesNotStart, type Server, type ServerSettings } from '../server.ts';
import { machineEnvironment } from '../shell-environment.ts';
import { isReady, startTethered } from '../tethered-process.ts';
import type { Image } from './images.ts';

const PATIENCE_FOR_ENGINE_MS = 5_000;
const PATIENCE_FOR_DOWNLOAD_MS = 300_000;

const docker = (...args: string[]) => spawnSync('docker', args, { stdio: 'ignore', timeout: PATIENCE_FOR_ENGINE_MS });

export const hasDockerEngine = (): boolean => docker('version', '--format', '{{.Server.Version}}').status === 0;

/** The last resort. The container runs in the foreground of `docker run`, so it ends with us like any program. */
export async function startContainer(image: Image, settings: ServerSettings): Promise<Server> {
  const { directory, logFile, preferredPort } = settings;
  docker('rm', '--force', nameFor(directory));

  const password = passwordIn(directory);
  const port = await freePort(preferredPort);
  const log = openSync(logFile, 'w', 0o600);
  const server = startTethered({
    command: 'docker',
    args: runArguments(image, settings, { password, port }),
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

type Access = Readonly<{ password: string; port: number }>;

/** What is to last is in a volume of the container's name; what is not, in memory. */
export function runArguments(
  image: Image,
  { directory, durable }: ServerSettings,
  { password, port }: Access,
): readonly string[] {
  const name = nameFor(directory);
  return [
    ...['run', '--rm', '--init', '--name', name],
    ...['--publish', `127.0.0.1:${port}:${image.port}`],
    ...(durable ? ['--volume', `${name}:${image.data}`] : ['--tmpfs', image.data]),
    ...image.options(password),
    image.name,
    ...image.arguments(password, durable),
  ];
}

const nameFor = (directory: string): string =>
  `local-${createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 12)}`;

function passwordIn(directory: string): string {
  const file = join(directory, 'docker-password');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
