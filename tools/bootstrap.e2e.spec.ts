import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const BOOTSTRAP = fileURLToPath(new URL('bootstrap.mjs', import.meta.url));
const INSTALLED = 'node_modules/.package-lock.json';
const OPTIONAL = { 'node_modules/for-another-machine': { version: '1.0.0', optional: true } };
const LOCK = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, ...OPTIONAL } };

/** A project with an npm that only writes down that it was called, and installs what the lock file says. */
function setup({ npmExitCode = 0 } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  for (const folder of ['tools', 'bin', 'node_modules/.bin']) mkdirSync(join(root, folder), { recursive: true });
  cpSync(BOOTSTRAP, join(root, 'tools/bootstrap.mjs'));
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
  const npm = `#!/bin/sh\necho "npm $@" >> calls\necho 'words of npm'\ncp package-lock.json ${INSTALLED}\nexit ${npmExitCode}\n`;
  writeFileSync(join(root, 'bin/npm'), npm);
  chmodSync(join(root, 'bin/npm'), 0o755);
  writeFileSync(join(root, 'script.mjs'), 'console.log(...process.argv.slice(2)); process.exitCode = 3;');

  const write = (file: string, content: object): void => writeFileSync(join(root, file), JSON.stringify(content));
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  return {
    lock: (content: object) => write('package-lock.json', content),
    installed: (content: object) => write(INSTALLED, content),
    calls: () => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : []),
    run: (...args: string[]) =>
      spawnSync(process.execPath, ['tools/bootstrap.mjs', 'script.mjs', ...args], { cwd: root, env, encoding: 'utf8' }),
    remove: () => rmSync(root, { recursive: true }),
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

    expect(first.stdout).toMatch(/Installing packages[^]*\n--one two\n$/);
    expect(first.stdout).not.toContain('words of npm');
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

  it('shows what npm said when it fails, and runs nothing', () => {
    const { lock, run, remove } = setup({ npmExitCode: 1 });
    lock(LOCK);

    const { status, stdout, stderr } = run('never printed');
    remove();

    expect(status).toBe(1);
    expect(stderr).toContain('words of npm');
    expect(stdout).not.toContain('never printed');
  });
});
