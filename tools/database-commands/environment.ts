import { migrationAddress, NoMigrationAddress } from '../../libs/platform/config/migration-address.ts';
import { postgresAddress, UnusableConnectionString } from '../../libs/platform/config/values/connection-strings.ts';
import { readVariables } from '../../libs/platform/config/variables.ts';

const NAMES = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_POOLER',
  'SHADOW_DATABASE_URL',
  'NODE_ENV',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
] as const;
const URLS = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'SHADOW_DATABASE_URL'] as const;

/** What commands read, as the service reads it. */
export type CommandEnvironment = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

/** Said to the person at the terminal, without a stack. */
export class Refusal extends Error {}

export const NO_DATABASE =
  'No database to work on: DATABASE_URL is not set, DATABASE_URL_FILE neither, and no npm start runs here whose database it could be.';

/** @throws Refusal naming every variable that cannot work */
export function readCommandEnvironment(env: NodeJS.ProcessEnv): CommandEnvironment {
  const { values, problems } = readVariables(env, NAMES);
  for (const name of URLS) {
    const complaint = values[name] === undefined ? undefined : complaintAbout(values[name]);
    if (complaint !== undefined) problems.push(`${name}: ${complaint}`);
  }
  if (problems.length > 0)
    throw new Refusal(`The environment is not valid.\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return values;
}

/** @throws Refusal when there is no address that migrations can work on */
export function addressForMigrations(environment: CommandEnvironment): string {
  try {
    const address = migrationAddress(environment);
    if (address === null) throw new Refusal(NO_DATABASE);
    return address;
  } catch (error) {
    throw error instanceof NoMigrationAddress ? new Refusal(error.message) : error;
  }
}

function complaintAbout(url: string): string | undefined {
  try {
    postgresAddress(url);
    return undefined;
  } catch (error) {
    if (error instanceof UnusableConnectionString) return error.message;
    throw error;
  }
}
