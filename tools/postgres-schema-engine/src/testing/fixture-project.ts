import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { addressOf, atDatabase, dropDatabase } from '../engine/connection.ts';
import { PROGRAM } from '../engine-program.ts';

const PRISMA = dirname(createRequire(import.meta.url).resolve('prisma/package.json'));

const CONFIG = `import { defineConfig } from 'prisma/config';
const { DATABASE_URL: url, SHADOW_DATABASE_URL: shadowDatabaseUrl } = process.env;
export default defineConfig({ schema: 'models.prisma', migrations: { path: 'migrations' }, datasource: { url, shadowDatabaseUrl } });
`;
const MODELS = `datasource db {
  provider = "postgresql"
}
model Account {
  id   Int    @id
  name String @unique
}
`;
const MIGRATION = `CREATE TABLE "Account" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Account_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "Account_name_key" ON "Account"("name");
`;

/** For specs: a project with one model and its migration, and the address of a database that does not exist yet. */
export function fixtureProject(server: string) {
  const directory = mkdtempSync(join(tmpdir(), 'prisma-'));
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), content);
  };
  const url = new URL(server);
  url.pathname = `/prisma_${randomUUID()}`;
  const address = addressOf(url.href);
  symlinkSync(dirname(PRISMA), join(directory, 'node_modules'));
  write('package.json', '{ "type": "module" }');
  write('prisma.config.ts', CONFIG);
  write('models.prisma', MODELS);
  write('migrations/migration_lock.toml', 'provider = "postgresql"\n');
  write('migrations/20260101000000_accounts/migration.sql', MIGRATION);

  return {
    directory,
    url: url.href,
    address,
    models: MODELS,
    write,
    /** Prisma's command line. */
    prisma: (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      run([join(PRISMA, 'build/index.js'), ...args], directory, {
        ...process.env,
        DATABASE_URL: url.href,
        PRISMA_SCHEMA_ENGINE_BINARY: PROGRAM,
        SCHEMA_ENGINE_NODE: process.execPath,
        ...env,
      }),
    async remove() {
      await dropDatabase(address);
      await dropDatabase(atDatabase(address, `${address.database}_shadow`));
      rmSync(directory, { recursive: true });
    },
  };
}

export async function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: output + errors };
}
