import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma's own schema engine is a download; this one is a WebAssembly package that npm already installed.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('tools/prisma/schema-engine', import.meta.url));

// `generate` and comparing schema files need no database, so having none must not stop them.
const NOWHERE = 'postgresql://localhost/none';

/** While `npm start` runs, the db: scripts work on its database. */
function runningDatabase(): string {
  try {
    const file = new URL(`${process.env.LOCAL_DIR || '.local'}/run.json`, import.meta.url);
    return (JSON.parse(readFileSync(file, 'utf8')) as { databaseUrl: string }).databaseUrl;
  } catch {
    return NOWHERE;
  }
}

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  datasource: { url: process.env.DATABASE_URL || runningDatabase(), shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL },
});
