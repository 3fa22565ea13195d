/**
 * Proves that features are only what stands in their folders: takes them out of a copy of this checkout and runs the tests there.
 * npm run test:without -- order-mails orders [--only=types,unit,…]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PRISMA } from '../run-node.ts';
import { localDirectory, ROOT } from '../servers/local-directory.ts';
import { removeFeature } from './remove.ts';

const HELP = `npm run test:without -- <feature>… [--only=<steps>]

Takes features out of a copy of this checkout, in this order, by the edits a person would make: the folder, the lines in the modules of apps/, the model,
a migration that drops the tables, and the generated documents. Then runs npm test in the copy, or only some steps of it.
What people wrote about the feature, in README.md or docs/, is left for them to change: the step "links" is not among the default ones.`;

const LEFT_OUT = new Set(['.git', '.local', 'coverage', 'dist', 'node_modules', 'libs/platform/database/generated']);
const STEPS = 'types,format,lint,boundaries,folders,openapi,docs,unit,integration,e2e,browser';

function main(args: readonly string[]): number {
  const features = args.filter((arg) => !arg.startsWith('-'));
  const [only = `--only=${STEPS}`, ...rest] = args.filter((arg) => arg.startsWith('-'));
  if (features.length === 0 || !only.startsWith('--only=') || rest.length > 0) {
    console.log(HELP);
    return only === '--help' ? 0 : 1;
  }
  const copy = mkdtempSync(join(tmpdir(), 'without-'));
  try {
    copyTo(copy);
    for (const feature of features) removeFeature(copy, feature);
    run(copy, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', 'apps', 'prisma']);
    writeDroppingMigration(copy, features);
    run(copy, ['tools/checks/test.ts', '--only=build']);
    run(copy, ['tools/openapi/write.ts']);
    // The list of codes is a promise to clients of a service; here nobody has been promised anything.
    rmSync(join(copy, 'docs/errors.md'));
    run(copy, ['tools/docs/write.ts']);
    return spawnSync(process.execPath, ['tools/checks/test.ts', only], { cwd: copy, stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyTo(copy: string): void {
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  mkdirSync(join(copy, '.local'));
  for (const program of globSync('*-program', { cwd: localDirectory() })) {
    symlinkSync(join(localDirectory(), program), join(copy, '.local', program));
  }
}

/** From the models here to those of the copy: needs no database. */
function writeDroppingMigration(copy: string, features: readonly string[]): void {
  const schemas = ['--from-schema', join(ROOT, 'prisma'), '--to-schema', join(copy, 'prisma')];
  const sql = run(copy, [PRISMA, 'migrate', 'diff', ...schemas, '--script']);
  const folder = join(copy, 'prisma/migrations', `29981231235959_remove_${features.join('_').replaceAll('-', '_')}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.sql'), sql);
}

/** @throws with everything it said when it fails */
function run(copy: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
