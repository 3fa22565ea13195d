import { defineConfig } from 'prisma/config';
import { addressForMigrations, Refusal, readCommandEnvironment } from './tools/database-commands/environment.ts';
import { addressFor } from './tools/database-commands/prisma-cli/engine-address.ts';
import { requireHarmless } from './tools/database-commands/prisma-cli/guard.ts';
import { settleSchemaEngine } from './tools/postgres-schema-engine/src/settle.ts';
import { settleEnvironment } from './tools/servers/shell-environment.ts';

settleEnvironment(process.env);
const engine = await settleSchemaEngine(process.env);
const datasource = await readOrEnd(process.argv.slice(2));

/** Prisma would show a message from here as a mistake in this file, and a missing address as one of its own settings. */
async function readOrEnd(args: readonly string[]) {
  try {
    const environment = readCommandEnvironment(process.env);
    const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL, SHADOW_DATABASE_URL: shadowDatabaseUrl } = environment;
    // `generate` and comparing schema files need no database; seeding finds its own.
    const isMigrating = /^(migrate (?!diff)|db (?!seed))/.test(args.slice(0, 2).join(' '));
    const url = isMigrating ? addressForMigrations(environment) : DATABASE_DIRECT_URL;
    await requireHarmless(args, { url, shadowDatabaseUrl }, environment.NODE_ENV);
    return {
      url: url && addressFor(engine, url),
      shadowDatabaseUrl: shadowDatabaseUrl && addressFor(engine, shadowDatabaseUrl),
    };
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
