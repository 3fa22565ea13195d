import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';
import { type CommandEnvironment, NO_DATABASE, readCommandEnvironment, Refusal } from './tools/database-commands/environment.ts';

// Prisma's own schema engine is a download; this one is a WebAssembly package that npm already installed.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('tools/prisma/schema-engine', import.meta.url));

const { DATABASE_URL, SHADOW_DATABASE_URL } = readOrEnd();

/** Prisma would show a message from here as a mistake in this file, and a missing address as one of its own settings. */
function readOrEnd(): CommandEnvironment {
  try {
    const environment = readCommandEnvironment(process.env);
    // `generate` and comparing schema files need no database.
    const needsDatabase = /^(migrate (?!diff)|db )/.test(process.argv.slice(2, 4).join(' '));
    if (needsDatabase && environment.DATABASE_URL === undefined) throw new Refusal(NO_DATABASE);
    return environment;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  datasource: { url: DATABASE_URL, shadowDatabaseUrl: SHADOW_DATABASE_URL },
});
