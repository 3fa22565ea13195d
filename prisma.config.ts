import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';
import type { RunFile } from './tools/local/run-file.ts';

// Prisma's own schema engine is a download; this one is a WebAssembly package that npm already installed.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('tools/prisma/schema-engine', import.meta.url));

if (!process.env.DATABASE_URL) useRunningSystem();

/** While `npm start` runs, the db: scripts work on its database, and seeding keeps its administrator. */
function useRunningSystem(): void {
  const file = new URL(`${process.env.LOCAL_DIR || '.local'}/run.json`, import.meta.url);
  if (!existsSync(file)) return;
  const { databaseUrl, admin } = JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  Object.assign(process.env, { DATABASE_URL: databaseUrl, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
}

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  // `generate` and comparing schema files need no database, so having none must not stop them.
  datasource: { url: process.env.DATABASE_URL || 'postgresql://localhost/none', shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL },
});
