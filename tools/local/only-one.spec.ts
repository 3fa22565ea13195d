import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { claimDirectory } from './only-one.ts';
import { identityOf } from './own-folder.ts';
import { Problem } from './settings.ts';

function setup() {
  const directory = mkdtempSync(join(tmpdir(), 'claim-'));
  const file = join(directory, 'start.pid');
  return {
    settings: { directory, apiPort: 3000, workerPort: 3001 },
    claimedBy: () => (existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8')) : null),
    claimFor: (pid: number | undefined, folder = identityOf(directory)) => writeFileSync(file, `${pid} ${folder}`),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** Looks like npm start in the list of processes. */
const anotherStart = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'tools/local/start.ts'], { stdio: 'ignore' });

describe('claiming the folder', () => {
  it('holds until it is given up', () => {
    const { settings, claimedBy, remove } = setup();

    const giveUp = claimDirectory(settings);
    const during = claimedBy();
    giveUp();
    const afterwards = claimedBy();
    remove();

    expect([during, afterwards]).toEqual([process.pid, null]);
  });

  it('is refused while another npm start has it, and says how to go on', () => {
    const { settings, claimFor, remove } = setup();
    const other = anotherStart();
    claimFor(other.pid);

    const claim = () => claimDirectory(settings);

    expect(claim).toThrow(Problem);
    expect(claim).toThrow(new RegExp(`kill ${other.pid}`));
    other.kill();
    remove();
  });

  it('is not refused to the copy of a folder in use, which forgets the processes of the original', () => {
    const { settings, claimedBy, remove } = setup();
    const original = setup();
    const other = anotherStart();
    original.claimFor(other.pid);
    writeFileSync(join(original.settings.directory, 'run.json'), '{}');
    cpSync(original.settings.directory, settings.directory, { recursive: true });

    claimDirectory(settings);
    const [owner, isRemembered] = [claimedBy(), existsSync(join(settings.directory, 'run.json'))];
    other.kill();
    original.remove();
    remove();

    expect([owner, isRemembered]).toEqual([process.pid, false]);
  });

  it.each(['/dev/null/x', '/proc/nope/x'])('says in one line that %s cannot be one', (directory) => {
    expect(() => claimDirectory({ directory, apiPort: 3000, workerPort: 3001 })).toThrow(/^[^\n]* cannot be used [^\n]*LOCAL_DIR=\.local npm start$/);
  });

  it.each([
    ['a process that is gone', 2 ** 22 + 1],
    ['a process that is something else', process.ppid],
  ])('takes over from %s', (_, pid) => {
    const { settings, claimedBy, claimFor, remove } = setup();
    claimFor(pid);

    claimDirectory(settings);
    const owner = claimedBy();
    remove();

    expect(owner).toBe(process.pid);
  });
});
