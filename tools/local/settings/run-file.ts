import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from '../../servers/processes.ts';
import type { Settings } from './settings.ts';

/** What other programs may want to know about the running system: `.local/run.json`. */
export type RunFile = Readonly<{
  api: string;
  worker: string;
  docs: string;
  /** The page; `/messages` below it is the JSON list. */
  mailbox: string;
  /** Of features, by name. */
  pages?: Readonly<Record<string, string>>;
  oidcIssuer?: string;
  /** What speaks S3; absent where the environment says where files are. */
  objectStore?: string;
  databaseUrl: string;
  redisUrl: string;
  admin: Readonly<{ email: string; password: string }>;
  /** What its services read, for commands that work on it: tools/bootstrap/running-system.mjs. */
  environment: Readonly<Record<string, string>>;
  pids: Readonly<Record<string, number>>;
  /** When each of these started (`startOf`): it tells them from strangers that were given their ids since. */
  starts: Readonly<Record<string, string | undefined>>;
}>;

type Servers = Pick<RunFile, 'mailbox' | 'databaseUrl' | 'redisUrl'> & Required<Pick<RunFile, 'pages'>>;

export function describeRun(
  settings: Settings,
  servers: Servers,
  admin: RunFile['admin'],
): Omit<RunFile, 'environment'> {
  const [api, worker] = [`http://localhost:${settings.apiPort}`, `http://localhost:${settings.workerPort}`];
  const { mailbox, pages, databaseUrl, redisUrl } = servers;
  return { api, worker, docs: `${api}/docs`, mailbox, pages, databaseUrl, redisUrl, admin, pids: {}, starts: {} };
}

const fileIn = (directory: string, name: string): string => join(directory, name);
const NOW = 'run.json';
const BEFORE = 'last-run.json';

/** Replaced as a whole: a reader never meets half of it. */
export function writeRunFile(directory: string, system: Omit<RunFile, 'starts'>): void {
  const starts = Object.fromEntries(Object.entries(system.pids).map(([name, pid]) => [name, startOf(pid)]));
  const run: RunFile = { ...system, starts };
  const unfinished = fileIn(directory, `${NOW}.unfinished`);
  writeFileSync(unfinished, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, fileIn(directory, NOW));
}

/** Kept for the next start under another name: who finds `run.json` may believe that the system runs. */
export function retireRunFile(directory: string): void {
  if (existsSync(fileIn(directory, NOW))) renameSync(fileIn(directory, NOW), fileIn(directory, BEFORE));
}

/** Of a folder that was copied: it is another system that these files tell of. */
export function forgetRuns(directory: string): void {
  for (const name of [NOW, BEFORE]) rmSync(fileIn(directory, name), { force: true });
}

/** The last run, or null: after a kill its processes may still be there, and its ports are worth keeping. */
export function readLastRun(directory: string): RunFile | null {
  retireRunFile(directory);
  try {
    return JSON.parse(readFileSync(fileIn(directory, BEFORE), 'utf8')) as RunFile;
  } catch {
    rmSync(fileIn(directory, BEFORE), { force: true });
    return null;
  }
}
