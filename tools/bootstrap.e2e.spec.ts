import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const TOOLS = fileURLToPath(new URL('.', import.meta.url));
const INSTALLED = 'node_modules/.package-lock.json';
const OPTIONAL = { 'node_modules/for-another-machine': { version: '1.0.0', optional: true } };
const LOCK = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, ...OPTIONAL } };

/** A project with an npm that only writes down that it was called, and installs what the lock file says. */
function setup({ npmExitCode = 0, name = 'project' } = {}) {
  const place = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  const root = join(place, name);
  for (const folder of ['tools', 'bin', 'node_modules/.bin']) mkdirSync(join(root, folder), { recursive: true });
  for (const part of ['bootstrap.mjs', 'bootstrap'])
    cpSync(join(TOOLS, part), join(root, 'tools', part), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
  const npm = `#!/bin/sh\necho "npm $@" >> calls\nsleep 0.2\necho 'words of npm'\ncp package-lock.json ${INSTALLED}\nexit ${npmExitCode}\n`;
  writeFileSync(join(root, 'bin/npm'), npm);
  chmodSync(join(root, 'bin/npm'), 0o755);
  writeFileSync(
    join(root, 'script.mjs'),
    'console.log(...process.argv.slice(2).map((name) => process.env[name] ?? name)); process.exitCode = 3;',
  );

  const write = (file: string, content: object): void => writeFileSync(join(root, file), JSON.stringify(content));
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  const command = (...args: string[]) => ['tools/bootstrap.mjs', ...args];
  return {
    root,
    lock: (content: object) => write('package-lock.json', content),
    installed: (content: object) => write(INSTALLED, content),
    calls: () => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : []),
    run: (...args: string[]) =>
      spawnSync(process.execPath, command('script.mjs', ...args), { cwd: root, env, encoding: 'utf8' }),
    runWith: (own: NodeJS.ProcessEnv, ...args: string[]) =>
      spawnSync(process.execPath, command(...args), { cwd: root, env: { ...env, ...own }, encoding: 'utf8' }),
    begin: async () =>
      (
        await once(spawn(process.execPath, command('script.mjs'), { cwd: root, env, stdio: 'ignore' }), 'exit')
      )[0] as number,
    remove: () => rmSync(place, { recursive: true }),
  };
}

describe('the bootstrap', () => {
  it('installs what was never installed, once, and passes arguments and exit code through', () => {
    const { lock, calls, run, remove } = setup();
    lock(LOCK);

    const first = run('--one', 'two');
    const second = run();
    const installs = calls();
    remove();

    expect(first.stdout).toBe('--one two\n');
    expect(first.stderr).toMatch(/^Installing packages/);
    expect(first.stderr).not.toContain('words of npm');
    expect([first.status, second.status]).toEqual([3, 3]);
    expect(installs).toEqual([expect.stringMatching(/^npm ci /)]);
  });

  it('installs again when the lock file asks for another version', () => {
    const { lock, installed, calls, run, remove } = setup();
    lock({ packages: { ...LOCK.packages, 'node_modules/a': { version: '1.1.0' } } });
    installed(LOCK);

    run();
    const installs = calls();
    remove();

    expect(installs).toHaveLength(1);
  });

  it('does not miss what is for other machines', () => {
    const { lock, installed, calls, run, remove } = setup();
    const { 'node_modules/for-another-machine': _, ...packages } = LOCK.packages;
    lock(LOCK);
    installed({ packages });

    run();
    const installs = calls();
    remove();

    expect(installs).toEqual([]);
  });

  it.each(['co:lon', 'quo"te', 'dol$HOME', 'back`tick', 'st*r'])(
    'says at once that %s is no name for its folder, and installs nothing',
    (name) => {
      const { lock, calls, run, remove } = setup({ name });
      lock(LOCK);

      const { status, stderr } = run();
      const installs = calls();
      remove();

      expect([status, installs]).toEqual([1, []]);
      expect(stderr).toMatch(
        /^This cannot run in \/[^\n]*, because of the [:"$`*] in that name: [^\n]*Rename or move the folder\.\n$/,
      );
    },
  );

  it.each(['a [b] {c}', "apo'st", 'per%20cent', '#!?&;~', 'ünï✓'])('runs in a folder with the name %s', (name) => {
    const { lock, installed, run, remove } = setup({ name });
    lock(LOCK);
    installed(LOCK);

    const { status, stdout } = run('--one');
    remove();

    expect([status, stdout]).toEqual([3, '--one\n']);
  });

  it('shows what npm said when it fails, and runs nothing', () => {
    const { lock, run, remove } = setup({ npmExitCode: 1 });
    lock(LOCK);

    const { status, stdout, stderr } = run('never printed');
    remove();

    expect(status).toBe(1);
    expect(stderr).toMatch(/words of npm\nnpm ci failed/);
    expect(stdout).not.toContain('never printed');
  });

  it('installs once for commands that begin together, and after one that was killed', async () => {
    const { root, lock, calls, begin, remove } = setup();
    lock(LOCK);
    mkdirSync(join(root, '.local'));
    symlinkSync('999999999', join(root, '.local/bootstrap.lock'));

    const codes = await Promise.all([begin(), begin(), begin()]);
    const installs = calls();
    remove();

    expect(codes).toEqual([3, 3, 3]);
    expect(installs).toHaveLength(1);
  });

  it.each<NodeJS.ProcessEnv>([
    { npm_config_loglevel: 'silent' },
    { npm_config_omit: 'dev' },
    { npm_config_ignore_scripts: 'true' },
  ])('installs as it must whatever the shell tells npm: %j', (own) => {
    const { lock, calls, runWith, remove } = setup();
    lock(LOCK);

    runWith(own, 'script.mjs');
    const [install = ''] = calls();
    remove();

    expect(install).toMatch(/--include=dev .*--ignore-scripts=false .*--loglevel=error/);
  });
});

describe('a command beside npm start', () => {
  const DATABASE_URL = 'postgresql://127.0.0.1:5555/app';
  const environment = { DATABASE_URL, REDIS_URL: 'redis://127.0.0.1:6666', APP_SECRET_FILE: '/the/secret' };
  const NOTHING = 'DATABASE_URL REDIS_URL APP_SECRET_FILE';

  /** What npm start leaves in its folder while this process, standing in for it, is alive. */
  function besideStart({ pid = process.pid, isCopy = false } = {}) {
    const { root, runWith, remove } = setup();
    const folder = join(root, 'state of it');
    mkdirSync(folder);
    const { dev, ino } = statSync(folder, { bigint: true });
    writeFileSync(
      join(folder, 'run.json'),
      JSON.stringify({ api: 'http://localhost:3999', environment, pids: { start: pid } }),
    );
    writeFileSync(join(folder, 'start.pid'), `${pid} ${dev}:${isCopy ? 0 : ino} the start of the process`);
    const shell = { LOCAL_DIR: 'state of it', DATABASE_URL: undefined, REDIS_URL: undefined };
    return {
      remove,
      run: (own: NodeJS.ProcessEnv = {}) =>
        runWith({ ...shell, ...own }, '--beside-start', 'script.mjs', ...NOTHING.split(' ')),
    };
  }

  it('finds all of its system, and says so', () => {
    const { run, remove } = besideStart();

    const { stdout, stderr } = run();
    remove();

    expect(stdout).toBe(`${DATABASE_URL} redis://127.0.0.1:6666 /the/secret\n`);
    expect(stderr).toBe('Working on the system that npm start runs here: http://localhost:3999\n');
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['a variable of the shell', { REDIS_URL: 'redis://mine' }, `${DATABASE_URL} redis://mine /the/secret`],
    [
      'a variable of the shell in the place of a file',
      { APP_SECRET: 'mine' },
      `${DATABASE_URL} redis://127.0.0.1:6666 APP_SECRET_FILE`,
    ],
    ['the same database in the shell', { DATABASE_URL }, `${DATABASE_URL} redis://127.0.0.1:6666 /the/secret`],
    ['another database', { DATABASE_URL: 'postgresql://other' }, 'postgresql://other REDIS_URL APP_SECRET_FILE'],
    ['another database in a file', { DATABASE_URL_FILE: '/nowhere' }, NOTHING],
    ['another database for migrations', { DATABASE_DIRECT_URL: 'postgresql://other' }, NOTHING],
  ])('leaves alone what is set: %s', (_, shell, expected) => {
    const { run, remove } = besideStart();

    const { stdout } = run(shell);
    remove();

    expect(stdout).toBe(`${expected}\n`);
  });

  it.each([
    ['that was killed', { pid: 999_999_999 }],
    ['of the folder that this one is a copy of', { isCopy: true }],
  ])('does not believe a start %s', (_, start) => {
    const { run, remove } = besideStart(start);

    const { stdout, stderr } = run();
    remove();

    expect([stdout, stderr]).toEqual([`${NOTHING}\n`, '']);
  });
});
