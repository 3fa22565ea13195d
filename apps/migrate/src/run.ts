import { applyMigrations } from 'postgres-schema-engine/apply-migrations';
import { migrationAddress, NoMigrationAddress } from '#platform/config/migration-address.js';
import { postgresAddress, UnusableConnectionString } from '#platform/config/values/connection-strings.js';
import { readVariables } from '#platform/config/variables.js';
import { migrationsFolder } from '#platform/database/migrations-folder.js';

const HELP = `node dist/bundle/migrate.js: applies the migrations of this build that the database lacks, then ends.

It reads DATABASE_URL, or DATABASE_DIRECT_URL where a pooler stands before Postgres, or either as a file (DATABASE_URL_FILE).
Run it before the programs of a release start; they wait for it. Two at a time do no harm. With a checkout: npm run db:migrate`;

const NAMES = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_POOLER'] as const;

/** Printed as one line, without a stack. */
class Refusal extends Error {}

/** From the command line to the exit code. */
export async function run(argv: readonly string[], source: NodeJS.ProcessEnv): Promise<number> {
  if (argv.length > 0) {
    process.stdout.write(`${HELP}\n`);
    return argv.includes('--help') ? 0 : 1;
  }
  try {
    const applied = await applyMigrations(addressIn(source), migrationsFolder());
    process.stdout.write(applied.length > 0 ? `Applied:\n  ${applied.join('\n  ')}\n` : 'Nothing to apply.\n');
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error as Error)}\n`);
    return 1;
  }
}

/** @throws Refusal, NoMigrationAddress or UnusableConnectionString */
function addressIn(source: NodeJS.ProcessEnv): string {
  const { values, problems } = readVariables(source, NAMES);
  if (problems.length > 0) throw new Refusal(`The environment is not valid.\n  ${problems.join('\n  ')}`);
  const address = migrationAddress(values);
  if (address === null)
    throw new Refusal('No database to migrate: DATABASE_URL is not set, DATABASE_URL_FILE neither.');
  // Refused here as everywhere else, and not by a driver that reads it in its own way.
  postgresAddress(address);
  return address;
}

const explain = (error: Error): string =>
  [Refusal, NoMigrationAddress, UnusableConnectionString].some((kind) => error instanceof kind)
    ? error.message
    : `The migrations could not be applied: ${error.message}`;
