import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';

const PARTS = [
  'apps',
  'docs',
  'libs',
  'prisma',
  'tools',
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'prisma.config.ts',
  'biome.json',
  'tsconfig.json',
  '.swcrc',
];

let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
  for (const built of ['dist/apps', 'dist/libs']) cpSync(join(ROOT, built), join(checkout, built), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  writeFileSync(join(checkout, '.gitignore'), 'node_modules\ndist\ngenerated\n');
  git('init', '--quiet');
  commit();
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

const git = (...args: string[]) => spawnSync('git', args, { cwd: checkout, encoding: 'utf8' });
const commit = () => {
  git('add', '--all');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.test', 'commit', '--quiet', '--message=all');
};

function run(tool: string, ...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [tool, ...args], { cwd: checkout, encoding: 'utf8' });
  return { status, stderr, changed: git('status', '--porcelain').stdout };
}
const nest = (...args: string[]) => run('node_modules/@nestjs/cli/bin/nest.js', 'generate', ...args);

const NEW = 'tools/features/new-feature.ts';
const NOTHING_CHANGED = { status: 1, changed: '' };

describe('a request that cannot be met', () => {
  it.each<[string, string[], string]>([
    ['a name that is taken', ['roles'], 'There is a feature roles already: libs/features/roles.'],
    ['a name in the singular', ['invoice'], 'invoices instead of invoice.'],
    ['a word of the language', ['classes'], '"class" means something else in the code'],
    ['no name at all', ['in voices'], 'is no name for a feature'],
    ['a type there is not', ['invoices', '--field=total:float'], '"float" is no type of a field. There are: string,'],
    ['a reference to nothing', ['invoices', '--field=planetId:reference:planets'], 'There is no feature planets'],
    ['an option there is not', ['invoices', '--no-tests'], "Unknown option '--no-tests'"],
  ])('is refused with the reason, and nothing is written: %s', (_what, args, reason) => {
    expect(run(NEW, ...args)).toMatchObject({ ...NOTHING_CHANGED, stderr: expect.stringContaining(reason) });
  });

  it.each<[string, string[], string]>([
    ['that is not there', ['invoices'], 'There is no feature invoices'],
    ['that another one needs', ['roles'], 'The feature users needs roles: remove users first.'],
  ])('is refused for a feature %s, which then stays', (_what, names, reason) => {
    const refused = run('tools/features/remove-feature.ts', ...names);

    expect(refused).toMatchObject({ ...NOTHING_CHANGED, stderr: expect.stringContaining(reason) });
  });

  it.each<[string, string[], string]>([
    ['of a feature there is not', ['invoices', 'dueOn:date'], 'There is no feature invoices'],
    ['of a feature that was written by hand', ['roles', 'dueOn:date'], 'docs/recipes.md shows'],
  ])('is refused for a field %s', (_what, args, reason) => {
    const refused = run('tools/features/new-field.ts', ...args);

    expect(refused).toMatchObject({ ...NOTHING_CHANGED, stderr: expect.stringContaining(reason) });
  });

  it('waits for changes that are not committed, and names them', () => {
    writeFileSync(join(checkout, 'mine.txt'), '');
    const refused = run(NEW, 'invoices');
    rmSync(join(checkout, 'mine.txt'));

    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      'Commit or stash your changes first, or go on beside them with --force:\n?? mine.txt',
    );
    expect(existsSync(join(checkout, 'libs/features/invoices'))).toBe(false);
  });

  it('leaves nothing behind when it fails half-way', () => {
    const model = join(checkout, 'prisma/models/broken.prisma');
    writeFileSync(model, 'model Broken { id Nope @id }\n');
    commit();

    const failed = run(NEW, 'invoices');
    rmSync(model);
    commit();

    expect(failed).toMatchObject({
      ...NOTHING_CHANGED,
      stderr: expect.stringMatching(/Nope[^]*Nothing was changed\./),
    });
  });
});

describe('nest generate', () => {
  it('has the refusal of the tool it asks', () => {
    expect(nest('feature', 'invoice')).toMatchObject({
      changed: '',
      stderr: expect.stringContaining('invoices instead of invoice.'),
    });
  });

  it.each(['resource', 'mo'])('says where to go instead of writing a %s', (schematic) => {
    const { stderr, changed } = nest(schematic, 'invoices');

    expect([changed, stderr]).toEqual(['', expect.stringContaining('A whole slice: npx nest g feature <plural>.')]);
  });
});
