import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { freePort } from '../ports.ts';
import { stopProcess } from '../processes.ts';
import { doesNotStart, type Server, type ServerSettings } from '../server.ts';
import { isReady, startTethered } from '../tethered-process.ts';

/** What to run, and with which environment, to get a Redis server. */
export type RedisProgram = Readonly<{ command: string; env: NodeJS.ProcessEnv; origin: string }>;

type Address = Readonly<{ port: number; password: string }>;

const PATIENCE_MS = 15_000;

/** As BullMQ needs it, wherever it runs: when it is full it refuses writes instead of forgetting jobs. */
export const redisOptions = (durable: boolean): readonly (readonly [name: string, value: string])[] => [
  ['maxmemory-policy', 'noeviction'],
  ...(durable
    ? ([
        ['appendonly', 'yes'],
        ['appendfsync', 'everysec'],
      ] as const)
    : ([
        ['appendonly', 'no'],
        ['save', ''],
      ] as const)),
];

type RedisSettings = ServerSettings &
  Readonly<{
    /** Instead of one of its own. */
    password?: string;
    /** As in redis.conf, for the port that it gets. */
    more?: (port: number) => readonly string[];
  }>;

export async function startRedis({ command, env, origin }: RedisProgram, settings: RedisSettings): Promise<Server> {
  const { directory, logFile, preferredPort } = settings;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  await stopOrphanedRedis(directory);

  const password = settings.password ?? readAddress(directory)?.password ?? randomBytes(24).toString('hex');
  const address = { port: await freePort(preferredPort), password };
  const configuration = writeConfiguration(settings, address);
  // Not as an argument: Redis takes its path for a pattern, finds nothing for one with a "[" and then starts as if there were no configuration.
  const [input, log] = [openSync(configuration, 'r'), openSync(logFile, 'w', 0o600)];
  const server = startTethered({
    command,
    args: ['-'],
    env,
    input,
    output: log,
    stopSignal: 'SIGTERM',
    patienceMs: PATIENCE_MS,
  });
  [input, log].forEach(closeSync);

  if (!(await isReady(server, () => redisAnswers(address)))) throw new Error(doesNotStart('Redis', logFile));
  const url = `redis://:${address.password}@127.0.0.1:${address.port}`;
  return { url, pid: server.pid, origin, exited: server.exited, stop: server.stop };
}

const configurationIn = (directory: string): string => join(resolve(directory), 'redis.conf');

/** In a file that only we can read: a password on the command line is shown to everybody. */
function writeConfiguration({ directory, durable, more }: RedisSettings, { port, password }: Address): string {
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    storedIn(directory),
    ...redisOptions(durable).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
    ...(more?.(port) ?? []),
  ];
  writeFileSync(configurationIn(directory), `${lines.join('\n')}\n`, { mode: 0o600 });
  return configurationIn(directory);
}

/** Redis reads quoted text with the escapes of JSON that a path can need. */
const storedIn = (directory: string): string => `dir ${JSON.stringify(resolve(directory))}`;

function readAddress(directory: string): Address | undefined {
  const file = configurationIn(directory);
  const found = existsSync(file) ? /^port (\d+)\nrequirepass (\w+)$/m.exec(readFileSync(file, 'utf8')) : null;
  return found ? { port: Number(found[1]), password: found[2] ?? '' } : undefined;
}

/** A server left behind by a run that was killed: two must not write to one folder. Only ours knows that password. */
export async function stopOrphanedRedis(directory: string): Promise<void> {
  const address = isCopied(directory) ? undefined : readAddress(directory);
  const pid = address && /^process_id:(\d+)/m.exec(await ask(address))?.[1];
  if (pid) await stopProcess(Number(pid), 'SIGTERM', PATIENCE_MS);
}

/** Then the server that its configuration leads to is that of the original. */
function isCopied(directory: string): boolean {
  const file = configurationIn(directory);
  return existsSync(file) && !readFileSync(file, 'utf8').includes(storedIn(directory));
}

/** Until it has read its file back it answers PING with an error. */
export const redisAnswers = async (address: Address): Promise<boolean> => (await ask(address)).includes('+PONG');

/** What the server at this address says of itself; empty when none lets us in. */
function ask({ port, password }: Address): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    socket.setEncoding('utf8').write(`AUTH ${password}\r\nPING\r\nINFO server\r\nQUIT\r\n`);
    socket.on('data', (text: string) => (answer += text));
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(answer));
  });
}
