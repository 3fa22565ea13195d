import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants, existsSync, globSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isAllowed } from './engine-program.ts';

const HOST = 'https://binaries.prisma.sh';
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];
const PATIENCE_FOR_VERSION_MS = 5_000;
const PATIENCE_FOR_ANSWER_MS = 2_000;
const PATIENCE_FOR_DOWNLOAD_MS = 60_000;
/** Enough for a copy from Prisma's cache. */
const PATIENCE_FOR_COPY_MS = 3_000;

/** Where Prisma's command line looks for its own engine, and puts it. */
export function enginesFolder(): string {
  const prisma = createRequire(import.meta.url).resolve('prisma/package.json');
  return dirname(createRequire(prisma).resolve('@prisma/engines/package.json'));
}

/**
 * Looks, which asks nobody. What is missing is fetched by Prisma's own means, in bounded time; that this led to nothing is written beside
 * it, so that nobody waits twice. Where the folder cannot be written there is nothing to wait for.
 */
export async function hasNativeEngine(folder: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const version = versionWanted(folder);
  if (isHere(folder, version)) return true;
  const failure = join(folder, `no-schema-engine-${version}`);
  if (existsSync(failure) || !isAllowed(folder, constants.W_OK)) return false;

  await fetchEngine(folder, env);
  if (isHere(folder, version)) return true;
  writeFileSync(failure, 'Prisma could not fetch its schema engine. Delete this file to have it try again.\n');
  return false;
}

/** The commit it was made of, as Prisma names it. */
const versionWanted = (folder: string): string =>
  (createRequire(join(folder, 'package.json'))('@prisma/engines-version') as { enginesVersion: string }).enginesVersion;

/** As Prisma checks it: by what it says of itself. One for another machine says nothing. */
function isHere(folder: string, version: string): boolean {
  const runs = (program: string) =>
    spawnSync(program, ['--version'], { encoding: 'utf8', timeout: PATIENCE_FOR_VERSION_MS }).stdout?.includes(version);
  return globSync('schema-engine-*', { cwd: folder }).some((file) => runs(join(folder, file)));
}

async function fetchEngine(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const isReachable = await answers(env);
  if (isReachable) console.error("Fetching Prisma's schema engine, once …");
  const timeout = isReachable ? PATIENCE_FOR_DOWNLOAD_MS : PATIENCE_FOR_COPY_MS;
  // At SIGINT it takes its lock away.
  const options = { env, stdio: 'ignore', timeout, killSignal: 'SIGINT' } as const;
  await once(spawn(process.execPath, [join(folder, 'scripts/postinstall.js')], options), 'close');
}

/** Whether downloading has a chance. Through a proxy only trying tells. */
async function answers(env: NodeJS.ProcessEnv): Promise<boolean> {
  if (PROXIES.some((name) => env[name])) return true;
  const signal = AbortSignal.timeout(PATIENCE_FOR_ANSWER_MS);
  return fetch(env.PRISMA_ENGINES_MIRROR ?? HOST, { method: 'HEAD', signal }).then(
    () => true,
    () => false,
  );
}
