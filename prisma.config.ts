import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma's own schema engine is a download; this one is a WebAssembly package that npm already installed.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('tools/prisma/schema-engine', import.meta.url));

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  // `generate` and `migrate diff` between files need no database, so a missing URL must not stop them.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/none', shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL },
});
