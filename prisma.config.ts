import { defineConfig } from 'prisma/config';
import { addressForMigrations, Refusal, readCommandEnvironment } from './tools/database-commands/environment.ts';
import { engineProgram } from './tools/prisma/engine-program.ts';
import { settleEnvironment } from './tools/servers/shell-environment.ts';

settleEnvironment(process.env);

// Prisma's own schema engine is a download; this one is a WebAssembly package that npm already installed.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= engineProgram();

const datasource = readOrEnd();

/** Prisma would show a message from here as a mistake in this file, and a missing address as one of its own settings. */
function readOrEnd() {
  try {
    const environment = readCommandEnvironment(process.env);
    const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL, SHADOW_DATABASE_URL: shadowDatabaseUrl } = environment;
    // `generate` and comparing schema files need no database; seeding finds its own.
    const isMigrating = /^(migrate (?!diff)|db (?!seed))/.test(process.argv.slice(2, 4).join(' '));
    return { url: isMigrating ? addressForMigrations(environment) : DATABASE_DIRECT_URL, shadowDatabaseUrl };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  datasource,
});
