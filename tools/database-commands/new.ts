/** `npm run db:new -- <name>`: writes the migration for what changed in the models. It asks nothing, and changes no database. */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createRunDirectory, removeRunDirectory } from '../databases/run-directory.ts';
import { findPostgres } from '../local/servers/find-servers.ts';
import { Problem } from '../local/settings/settings.ts';
import { ROOT } from '../servers/local-directory.ts';
import { addressForMigrations, Refusal, readCommandEnvironment } from './environment.ts';
import { type Addresses, nameOf, writeMigration } from './new-migration.ts';

const HELP = `npm run db:new -- <name>: writes the migration that leads from those in prisma/migrations to the models, for you to read.

It applies the migrations to an empty database, on the server of the database that the environment or a running npm start names,
in SHADOW_DATABASE_URL if that is set, or else on a server that it starts for the moment. Then: npm run db:migrate`;

async function main(argv: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(argv);
  if (values.help) return console.log(HELP);

  const name = nameOf(positionals.join(' '));
  const file = await onServer((addresses) => writeMigration(join(ROOT, 'prisma'), name, addresses));
  console.log(
    file === null
      ? 'Nothing to write: the migrations make what the models say. Change prisma/models first.'
      : `Wrote ${relative(ROOT, file)}. Read it, above all what it drops and what existing rows cannot satisfy, then: npm run db:lint && npm run db:migrate`,
  );
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('\n', 1)[0]} More with --help.`);
  }
}

async function onServer<T>(work: (addresses: Addresses) => T): Promise<T> {
  const environment = readCommandEnvironment(process.env);
  if ((environment.DATABASE_URL ?? environment.DATABASE_DIRECT_URL) !== undefined) {
    return work({ databaseUrl: addressForMigrations(environment), shadowDatabaseUrl: environment.SHADOW_DATABASE_URL });
  }
  const directory = await createRunDirectory();
  try {
    const { url, server } = await findPostgres(directory);
    // Not the database that npm start would make there.
    try {
      return work({ databaseUrl: server?.url ?? url });
    } finally {
      await server?.stop();
    }
  } finally {
    await removeRunDirectory(directory);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal || error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
