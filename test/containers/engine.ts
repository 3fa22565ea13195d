import { execFile, spawnSync } from 'node:child_process';

const PATIENCE_MS = 20_000;
const PATIENCE_FOR_DOWNLOAD_MS = 120_000;
const BASE = 'node:24-slim';

/** It keeps what it has downloaded, for the next time: not among the temporary files of a test run. */
const OWN_FILES = { ...process.env, TMPDIR: undefined };

/** What deploy/kubernetes asks for, of an engine; and the network of this machine, where the servers of the tests are. */
export const RESTRICTED = [
  ...['--read-only', '--cap-drop=all', '--security-opt=no-new-privileges', '--memory=384m', '--user=1000:1000'],
  '--network=host',
];

/** Docker, else Podman: both take the same arguments. Asked once, and only by those who are about to run something. */
const engineName = once(() => ['docker', 'podman'].find((name) => isThere(name, 'info')));

/** Why no image is built here, or undefined. Pulls the base of the image when it is missing. */
export const reasonToSkip = once((): string | undefined => {
  // A program in a virtual machine, as on macOS, does not see the servers of the tests.
  if (process.platform !== 'linux') return 'containers share the network of this machine on Linux alone';
  const name = engineName();
  if (name === undefined) return 'neither Docker nor Podman runs here';
  if (!hasBase(name)) return `${BASE} is not here and cannot be pulled`;
  return isThere(name, 'run', '--rm', ...RESTRICTED, BASE, 'node', '--version')
    ? undefined
    : `${name} starts no container here`;
});

export const isPodman = (): boolean => engineName() === 'podman';

export type Ended = Readonly<{ code: number; stdout: string; stderr: string }>;

/** A command of the engine, to its end. */
export const engine = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      engineName() ?? 'docker',
      args,
      { maxBuffer: 2 ** 26, env: OWN_FILES },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

/** The same, where anything but success is a fault of the test. @returns what it wrote */
export async function engineOutput(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await engine(...args);
  if (code !== 0)
    throw new Error(`${engineName()} ${args.slice(0, 2).join(' ')} … ended with ${code}\n${stdout}${stderr}`);
  return stdout.trim();
}

function hasBase(name: string): boolean {
  return (
    isThere(name, 'image', 'inspect', BASE) ||
    spawnSync(name, ['pull', BASE], { timeout: PATIENCE_FOR_DOWNLOAD_MS }).status === 0
  );
}

function isThere(name: string, ...args: string[]): boolean {
  return spawnSync(name, args, { stdio: 'ignore', timeout: PATIENCE_MS }).status === 0;
}

function once<Answer>(ask: () => Answer): () => Answer {
  let answer: { is: Answer } | undefined;
  return () => (answer ??= { is: ask() }).is;
}
