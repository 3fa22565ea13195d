import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../servers/local-directory.ts';
import { answersOf } from '../answers.ts';
import { writeRecord } from '../record.ts';
import { isTemplate } from '../template-itself.ts';
import { git } from './git.ts';

const NOT_CLONED = new Set(['.git', '.local', 'coverage', 'dist', 'generated', 'node_modules']);
const LOCKS = 'libs/platform/kernel/locks.ts';
const HEALTH = 'libs/platform/health/health.controller.ts';
const MIGRATION = `SET LOCAL lock_timeout = '5s';\n\nALTER TABLE "orders" ADD COLUMN "more" TEXT;\n\nALTER TABLE "users" ADD COLUMN "more" TEXT;\n`;

let folder: string;
let template: string;
let project: string;

/** A template that has released one version, a project of that version without the example, and then a second version. */
beforeAll(() => {
  if (!isTemplate(ROOT)) return;
  folder = mkdtempSync(join(tmpdir(), 'template-update-'));
  [template, project] = [join(folder, 'template'), join(folder, 'project')];
  cpSync(ROOT, template, { recursive: true, filter: (path) => !NOT_CLONED.has(basename(path)) });
  const commit = begin(template);
  beginProject(commit);
  release();
});
afterAll(() => folder && rmSync(folder, { recursive: true, force: true }));

function begin(root: string): string {
  git(root, ['init', '--quiet']);
  git(root, ['config', 'user.name', 'somebody']);
  git(root, ['config', 'user.email', 'somebody@example.test']);
  return commitAll(root);
}

function commitAll(root: string): string {
  git(root, ['add', '--all']);
  git(root, ['commit', '--quiet', '--message=all']);
  return git(root, ['rev-parse', 'HEAD']);
}

/** As npm run template:init makes it, but for what takes long. */
function beginProject(commit: string): void {
  cpSync(template, project, { recursive: true, filter: (path) => basename(path) !== '.git' });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  const answers = answersOf({ name: 'acme-billing', without: ['order-mails', 'orders'] });
  writeRecord(project, { template: { name: 'kit', version: '0.1.0', commit }, year: 2030, answers });
  const rendered = run('tools/template/update/render-checkout.ts');
  if (rendered.status !== 0) throw new Error(rendered.stderr);
  edit(project, '.gitignore', (text) => `${text}node_modules\n`);
  edit(project, 'tools/README.md', (text) => `Ours.\n\n${text}`);
  begin(project);
}

function release(): void {
  edit(template, 'tools/README.md', (text) => `${text}\nTheirs.\n`);
  edit(template, LOCKS, (text) => `// Theirs.\n${text}`);
  edit(template, HEALTH, (text) => text.replaceAll(/summary: '[^']*'/g, "summary: 'Ask how it is'"));
  edit(template, 'libs/features/orders/orders.module.ts', (text) => `// Theirs.\n${text}`);
  edit(template, 'README.md', (text) => `${text}\nTheirs.\n`);
  edit(template, 'CHANGELOG.md', (text) =>
    text.replace('## [', '## [0.2.0] - 2030-02-01\n\n### What a clone must do\n\n- Read it.\n\n## ['),
  );
  edit(template, 'package.json', (text) => text.replace(/"version": "[^"]*"/, '"version": "0.2.0"'));
  const migration = join(template, 'prisma/migrations/20991231000000_more/migration.sql');
  mkdirSync(dirname(migration));
  writeFileSync(migration, MIGRATION);
  commitAll(template);
  git(template, ['tag', 'v0.2.0']);
}

function edit(root: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8')));
}

const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });

const read = (path: string): string => readFileSync(join(project, path), 'utf8');

function update(...args: string[]) {
  const { status, stdout, stderr } = run('tools/template/update/update.ts', ...args);
  return { status, stdout, stderr, changed: git(project, ['status', '--porcelain']) };
}

const refused = (reason: RegExp) => ({
  status: 1,
  changed: '',
  stderr: expect.stringMatching(new RegExp(`${reason.source}[^]*Nothing was changed\\.\\n$`)),
});

describe.runIf(isTemplate(ROOT))('template:update', () => {
  it.each<[string, string[], RegExp]>([
    ['nobody to ask where the template is', [], /Say where the template is: --from=/],
    ['an address where none is', ['--from=/nowhere'], /repository '\/nowhere' does not exist/],
    ['an option there is not', ['--form=x'], /Unknown option '--form'/],
    ['a version there is not', ['--to=v9'], /The template knows no v9\./],
    ['a base there is not', ['--base=v9'], /The template knows no v9: say which version of it this project has/],
    ['a version before its own', ['--base=v0.2.0', '--to=v0.2.0~1'], /v0\.2\.0~1 does not come after/],
  ])('refuses %s, and writes nothing', (_what, args, reason) => {
    const from = args.some((arg) => /^--(to|base)/.test(arg)) ? [`--from=${template}`] : [];

    expect(update(...from, ...args)).toMatchObject(refused(reason));
  });

  it('waits for changes that are not committed', () => {
    writeFileSync(join(project, 'mine.txt'), '');
    const { status, stderr, changed } = update(`--from=${template}`);
    rmSync(join(project, 'mine.txt'));

    expect([status, changed]).toEqual([1, '?? mine.txt']);
    expect(stderr).toContain('Commit or stash your changes first');
  });

  it('does nothing where the project has that version', () => {
    expect(update(`--from=${template}`, '--to=v0.2.0~1')).toMatchObject({
      status: 0,
      changed: '',
      stdout: expect.stringContaining('nothing is to do'),
    });
  });

  it('shows what it would do, and what would be left for a person', () => {
    edit(project, LOCKS, (text) => `// Ours.\n${text}`);
    rmSync(join(project, HEALTH));
    commitAll(project);

    const { status, stdout, changed } = update(`--from=${template}`, '--dry-run');
    git(project, ['reset', '--quiet', '--hard', 'HEAD~1']);

    expect([status, changed]).toEqual([0, '']);
    expect(stdout).toContain(`${LOCKS}: you and the template changed the same lines`);
    expect(stdout).toContain(`${HEALTH}: you removed it and the template changed it: it stays away`);
    expect(git(project, ['worktree', 'list']).split('\n')).toHaveLength(1);
  });

  it('brings what the template has changed beside what the project has, and what is generated from it', () => {
    const { status, stdout, stderr } = update(`--from=${template}`);

    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toMatch(
      /From template 0\.1\.0 \(\w+\) to 0\.2\.0 \(\w+\):\n[^]*Yours, and not touched[^]*README\.md\n/,
    );
    expect(stdout).toContain('What a clone must do:\n- Read it.');
    expect(read('tools/README.md')).toMatch(/^Ours\.\n[^]*\nTheirs\.\n$/);
    expect(read(LOCKS)).toMatch(/^\/\/ Theirs\./);
    expect(read('openapi.json')).toContain('Ask how it is');
    expect(existsSync(join(project, 'libs/features/orders'))).toBe(false);
    expect(JSON.parse(read('template.json')).template).toMatchObject({ version: '0.2.0', source: template });
    const [migration = ''] = globSync('prisma/migrations/*_more/migration.sql', { cwd: project });
    expect(read(migration)).toBe(`SET LOCAL lock_timeout = '5s';\n\nALTER TABLE "users" ADD COLUMN "more" TEXT;\n`);
    expect(git(project, ['diff', '--name-only'])).toBe('');
  });
});
