import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { nextTimestamp } from '../database-commands/new-migration.ts';
import { CommandFailed, PRISMA } from '../run-node.ts';
import { localDirectory, ROOT } from '../servers/local-directory.ts';

const NOT_COPIED = new Set(['.git', '.local', 'coverage', 'dist', 'node_modules', 'libs/platform/database/generated']);

/** A copy of this checkout, in which features may come and go without harm. */
export class Copy {
  readonly root = mkdtempSync(join(tmpdir(), 'kit-copy-'));

  constructor() {
    cpSync(ROOT, this.root, { recursive: true, filter: (path) => !NOT_COPIED.has(relative(ROOT, path)) });
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
    mkdirSync(join(this.root, '.local'));
    for (const program of globSync('*-program', { cwd: localDirectory() }))
      symlinkSync(join(localDirectory(), program), join(this.root, '.local', program));
  }

  /** @returns what it said. @throws CommandFailed */
  run(args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    if (status !== 0) throw new CommandFailed(args, { exitCode: status ?? 1, output: `${stdout}\n${stderr}` });
    return stdout;
  }

  /** As npm run format does, and models as Prisma lays them out. */
  format(): void {
    this.run([PRISMA, 'format']);
    this.run(['node_modules/@biomejs/biome/bin/biome', 'check', '--write', 'apps', 'libs', 'prisma', 'test']);
  }

  /** From the models of the checkout to those here, after all others; needs no database. */
  writeMigration(title: string): void {
    const schemas = ['--from-schema', join(ROOT, 'prisma'), '--to-schema', join(this.root, 'prisma')];
    const sql = this.run([PRISMA, 'migrate', 'diff', ...schemas, '--script']);
    const name = title.replaceAll('-', '_');
    const folder = join(this.root, 'prisma/migrations', `${nextTimestamp(join(ROOT, 'prisma'), new Date())}_${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'migration.sql'), sql);
  }

  /** openapi.json and what is generated in docs/. */
  writeDocuments(): void {
    this.run(['tools/checks/test.ts', '--only=build']);
    this.run(['tools/openapi/write.ts']);
    this.run(['tools/docs/write.ts']);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
