import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';
import { isTemplate } from './template-itself.ts';

const NOT_CLONED = new Set(['.git', '.local', 'coverage', 'node_modules']);
const NAMED = ['--yes', '--name=acme-billing'];

let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
  cpSync(ROOT, checkout, { recursive: true, filter: (path) => !NOT_CLONED.has(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  writeFileSync(join(checkout, '.gitignore'), 'node_modules\ndist\ngenerated\n.local\n');
  git('init', '--quiet');
  commit();
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

const git = (...args: string[]): string => spawnSync('git', args, { cwd: checkout, encoding: 'utf8' }).stdout;

function commit(): string {
  git('add', '--all');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.test', 'commit', '--quiet', '--message=all');
  return git('rev-parse', 'HEAD').trim();
}

function init(...args: string[]) {
  const command = ['tools/template/init.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: checkout, encoding: 'utf8' });
  return { status, stdout, stderr, changed: git('status', '--porcelain') };
}

const refused = (reason: RegExp) => ({
  status: 1,
  changed: '',
  stderr: expect.stringMatching(new RegExp(`${reason.source}[^]*Nothing was changed\\.\\n$`)),
});

describe.runIf(isTemplate(ROOT))('template:init', () => {
  it.each<[string, string[], RegExp]>([
    ['no name, and nobody to ask', [], /^Say how the project is called/],
    ['an option there is not', ['--nam=x'], /Unknown option '--nam'/],
    ['several wrong answers', ['--name=Acme', '--prefix=k1'], /^The name "Acme" [^]*\nThe prefix "k1" /],
    ['a name that is taken', ['--name=fastify'], /^The name "fastify" is that of a package/],
    ['a part there is not', ['--name=acme', '--without=users'], /^There is no part "users"/],
    ['a part that another one needs', ['--name=acme', '--without=orders'], /^order-mails needs orders/],
  ])('refuses %s, and writes nothing', (_what, args, reason) => {
    expect(init('--yes', ...args)).toMatchObject(refused(reason));
  });

  it('waits for changes that are not committed', () => {
    writeFileSync(join(checkout, 'mine.txt'), '');
    const { status, stderr, changed } = init(...NAMED);
    rmSync(join(checkout, 'mine.txt'));

    expect([status, changed]).toEqual([1, '?? mine.txt\n']);
    expect(stderr).toContain('Commit or stash your changes first');
  });

  it('leaves nothing behind when it fails half-way', () => {
    const note = join(checkout, 'docs/note.md');
    writeFileSync(note, 'What this kit does.\n');
    commit();

    const failed = init(...NAMED);
    rmSync(note);
    commit();

    expect(failed).toMatchObject(refused(/The template is still named:\ndocs\/note\.md:1: What this kit does\./));
  });

  it('makes a project, which remembers what it began with, and does so once', () => {
    const base = commit() || git('rev-parse', 'HEAD').trim();
    const args = [...NAMED, '--license=MIT', '--without=queue-dashboard'];
    const made = init(...args);

    expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining('This is Acme Billing now.') });
    expect(made.changed).toMatch(/^ D libs\/features\/queue-dashboard\//m);
    expect(JSON.parse(readFileSync(join(checkout, 'template.json'), 'utf8'))).toMatchObject({
      template: { commit: base },
      answers: { name: 'acme-billing', license: 'MIT', prefix: 'acme', without: ['queue-dashboard'] },
    });

    commit();
    expect(init(...args)).toMatchObject({
      status: 0,
      changed: '',
      stdout: expect.stringContaining('nothing is to do'),
    });
    expect(init('--yes', '--name=other')).toMatchObject(refused(/name: "other" instead of "acme-billing"/));
  });
});
