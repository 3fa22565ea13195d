import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { withLockTimeout } from '../database-commands/lock-timeout.ts';
import { nextTimestamp } from '../database-commands/new-migration.ts';
import { isClientOutdated, outdatedCode } from '../local/build/sources.ts';
import { PRISMA } from '../run-node.ts';
import { localDirectory, ROOT } from '../servers/local-directory.ts';
import { BUILD_OUTDATED, formatIn, runIn, writeDocumentsIn } from './run-in.ts';

const NOT_COPIED = new Set(['.git', '.local', 'coverage', 'dist', 'node_modules']);
/** Copied last, so that it is younger there than what it is made of: only what changes is built again. */
const BUILT = ['libs/platform/database/generated', 'dist/apps', 'dist/libs'];

/** A copy of this checkout and of what was built of it, in which features may come and go without harm. */
export class Copy {
  readonly root: string;

  /** @throws CommandFailed when this checkout does not build */
  constructor() {
    if (isClientOutdated() || outdatedCode().length > 0) runIn(ROOT, [BUILD_OUTDATED]);
    this.root = mkdtempSync(join(tmpdir(), 'features-'));
    const left = new Set([...NOT_COPIED, ...BUILT]);
    cpSync(ROOT, this.root, { recursive: true, filter: (path) => !left.has(relative(ROOT, path)) });
    for (const folder of BUILT) cpSync(join(ROOT, folder), join(this.root, folder), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
    mkdirSync(join(this.root, '.local'));
    for (const program of globSync('*-program', { cwd: localDirectory() }))
      symlinkSync(join(localDirectory(), program), join(this.root, '.local', program));
  }

  /** @returns what it said. @throws CommandFailed */
  run(args: readonly string[]): string {
    return runIn(this.root, args);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  format(): void {
    formatIn(this.root);
  }

  /** From the models of the checkout to those here, after all others; needs no database. */
  writeMigration(title: string): void {
    const schemas = ['--from-schema', join(ROOT, 'prisma'), '--to-schema', join(this.root, 'prisma')];
    const sql = this.run([PRISMA, 'migrate', 'diff', ...schemas, '--script']);
    const name = title.replaceAll('-', '_');
    const folder = `${nextTimestamp(join(ROOT, 'prisma'), new Date())}_${name}`;
    this.write(`prisma/migrations/${folder}/migration.sql`, withLockTimeout(exceptDroppedTables(sql)));
  }

  /** openapi.json and what is generated in docs/. */
  writeDocuments(): void {
    writeDocumentsIn(this.root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Tables go here with the feature that somebody takes out, and not by mistake: `npm run db:lint` is told so. */
const exceptDroppedTables = (sql: string): string =>
  sql.replaceAll(
    /^DROP TABLE/gm,
    '-- Its feature was taken out. Apply this when no release that has it runs any more.\n-- squawk-ignore ban-drop-table\n$&',
  );
