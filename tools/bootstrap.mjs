// Plain JavaScript without dependencies: it runs on whatever Node a machine has (20 and later), before anything is installed.
// Usage: node tools/bootstrap.mjs <script> [arguments]. Installs what package-lock.json asks for, then runs the script on Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST = [24, 11, 1];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const BIN = join(ROOT, 'node_modules', '.bin');

if (!isInstalled()) await install();
await run(chooseNode(), process.argv.slice(2));

/** npm records in node_modules what it put there; an install that was cut short has no such record. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn(join('node_modules', '.package-lock.json'));
  const identity = (entry) => JSON.stringify([entry.version, entry.integrity, entry.dependencies, entry.optionalDependencies]);

  return Object.entries(wanted).every(([path, entry]) => {
    const isProject = path === '';
    if (present[path] === undefined) return isProject || entry.optional === true;
    return identity(present[path]) === identity(entry);
  });
}

function packagesIn(file) {
  const path = join(ROOT, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

async function install() {
  const stopProgress = showProgress('Installing packages with npm ci; only needed when they change');
  const npm = spawn('npm', ['ci', '--include=dev', '--no-progress'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const output = [];
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => npm.once('error', () => resolve(127)).once('close', resolve));
  stopProgress();

  if (code === 0) return;
  fail(`${Buffer.concat(output)}\nnpm ci failed. The output above says why; run the command again when it is mended.`);
}

/** On a terminal one line that counts the seconds, elsewhere a line now and then. Returns how to end it. */
function showProgress(text) {
  const start = Date.now();
  const line = () => `${text} … ${Math.round((Date.now() - start) / 1000)} s`;
  const isTerminal = process.stdout.isTTY === true;
  process.stdout.write(isTerminal ? line() : `${text} …\n`);
  const timer = setInterval(() => process.stdout.write(isTerminal ? `\r${line()}` : `${line()}\n`), isTerminal ? 1_000 : 15_000);

  return () => {
    clearInterval(timer);
    process.stdout.write(isTerminal ? `\r${line()}\n` : `${line()}\n`);
  };
}

/** Node 24 comes through npm where there is a package of it; elsewhere the host must have it. */
function chooseNode() {
  const installed = join(BIN, 'node');
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed;

  const host = process.versions.node.split('.').map(Number);
  const difference = OLDEST.map((part, at) => host[at] - part).find((part) => part !== 0) ?? 0;
  if (difference >= 0) return process.execPath;
  fail(`Node ${OLDEST.join('.')} is needed and this is ${process.versions.node}: install Node 24 from https://nodejs.org.`);
}

/** Takes the script's place as far as possible: its output, its signals, its end. */
async function run(node, [script, ...args]) {
  if (script === undefined) fail('Usage: node tools/bootstrap.mjs <script> [arguments]');
  const separator = process.platform === 'win32' ? ';' : ':';
  const env = { ...process.env, PATH: `${BIN}${separator}${process.env.PATH}` };
  // The channel closes when this process dies, whatever the reason: a script that starts servers watches it.
  const child = spawn(node, [script, ...args], { env, cwd: ROOT, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) whenOrphaned(() => child.kill('SIGTERM'));

  const [code, signal] = await new Promise((resolve) => child.once('exit', (...end) => resolve(end)));
  if (signal === null) process.exit(code);
  for (const name of SIGNALS) process.removeAllListeners(name);
  process.kill(process.pid, signal);
}

/** npm passes a signal on to the shell it started us with, which ends without passing it on to us. */
function whenOrphaned(stop) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop(), 250).unref();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
