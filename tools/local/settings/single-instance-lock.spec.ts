import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startOf } from '../../servers/processes.ts';
import { identityOf } from './own-folder.ts';
import { Problem } from './settings.ts';
import { lockDirectory } from './single-instance-lock.ts';

function setup() {
  const directory = mkdtempSync(join(tmpdir(), 'lock-'));
  const file = join(directory, 'start.pid');
  return {
    settings: { directory, apiPort: 3000, workerPort: 3001 },
    lockedBy: () => (existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8')) : null),
    lockFor: (pid = 0, start = startOf(pid)) => writeFileSync(file, `${pid} ${identityOf(directory)} ${start}`),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** Looks like npm start in the list of processes. */
const anotherStart = () =>
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'tools/local/start.ts'], { stdio: 'ignore' });

describe('locking the folder', () => {
  it('holds until it is released', () => {
    const { settings, lockedBy, remove } = setup();

    const release = lockDirectory(settings);
    const during = lockedBy();
    release();
    const afterwards = lockedBy();
    remove();

    expect([during, afterwards]).toEqual([process.pid, null]);
  });

  it('is refused while another npm start has it, and says how to go on', () => {
    const { settings, lockFor, remove } = setup();
    const other = anotherStart();
    lockFor(other.pid);

    const lock = () => lockDirectory(settings);

    expect(lock).toThrow(Problem);
    expect(lock).toThrow(new RegExp(`kill ${other.pid}`));
    other.kill();
    remove();
  });

  it('is not refused to the copy of a folder in use, which forgets the processes of the original', () => {
    const { settings, lockedBy, remove } = setup();
    const original = setup();
    const other = anotherStart();
    original.lockFor(other.pid);
    writeFileSync(join(original.settings.directory, 'run.json'), '{}');
    cpSync(original.settings.directory, settings.directory, { recursive: true });

    lockDirectory(settings);
    const [owner, isRemembered] = [lockedBy(), existsSync(join(settings.directory, 'run.json'))];
    other.kill();
    original.remove();
    remove();

    expect([owner, isRemembered]).toEqual([process.pid, false]);
  });

  it.each(['/dev/null/x', '/proc/nope/x'])('says in one line that %s cannot be one', (directory) => {
    expect(() => lockDirectory({ directory, apiPort: 3000, workerPort: 3001 })).toThrow(
      /^[^\n]* cannot be used [^\n]*LOCAL_DIR=\.local npm start$/,
    );
  });

  it('is not refused because of the start of another checkout that was given the id of ours', () => {
    const { settings, lockedBy, lockFor, remove } = setup();
    const other = anotherStart();
    lockFor(other.pid, '1');

    lockDirectory(settings);
    const owner = lockedBy();
    other.kill();
    remove();

    expect(owner).toBe(process.pid);
  });

  it.each([
    ['a process that is gone', 2 ** 22 + 1],
    ['a process that is something else', process.ppid],
  ])('takes over from %s', (_, pid) => {
    const { settings, lockedBy, lockFor, remove } = setup();
    lockFor(pid);

    lockDirectory(settings);
    const owner = lockedBy();
    remove();

    expect(owner).toBe(process.pid);
  });
});
