/** `npm run db:reset`: deletes what the migrations made, and applies them again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { postgresAddress } from '../../libs/platform/config/values/connection-strings.ts';
import { PRISMA } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';
import { settleEnvironment } from '../servers/shell-environment.ts';
import { dropOwnObjects, lookInto, nameOf, requireExpendable } from './drop-own-objects.ts';
import { addressForMigrations, Refusal, readCommandEnvironment } from './environment.ts';
import type { Inventory } from './inventory.ts';

const HELP = `npm run db:reset: deletes the tables of this service with all that is in them, and makes them anew, empty.

It says which database that is and asks first; where there is nobody to ask it wants: npm run db:reset -- --yes
It refuses with NODE_ENV=production, and while the schema holds anything that the migrations of this checkout did not make.`;

async function main(argv: readonly string[]): Promise<number> {
  const asked = readArguments(argv);
  if (asked.help) return say(HELP);

  const environment = readCommandEnvironment(process.env);
  const url = addressForMigrations(environment);
  const found = await lookInto(url);
  requireExpendable(url, found, environment.NODE_ENV);
  await requireConsent(url, found, asked.yes);
  if (found.own.length > 0) await dropOwnObjects(url, environment.NODE_ENV);
  return migrate(url);
}

function readArguments(argv: readonly string[]): { yes: boolean; help: boolean } {
  try {
    return parseArgs({
      args: [...argv],
      options: { yes: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    }).values;
  } catch (error) {
    throw new Refusal((error as Error).message);
  }
}

/** @throws Refusal unless somebody who was told what it means wants it */
async function requireConsent(url: string, { own }: Inventory, isGiven: boolean): Promise<void> {
  const tables = own.filter(({ kind }) => kind === 'table').length;
  if (tables === 0) return;
  const consequence = `This deletes ${tables} tables, with all that is in them, from the ${nameOf(url)}.`;
  say(consequence);
  if (isGiven) return;
  if (!process.stdin.isTTY)
    throw new Refusal('Nothing was deleted: there is nobody to ask here. To go on: npm run db:reset -- --yes');

  const { database } = postgresAddress(url);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('To go on, type the name of the database: ');
  terminal.close();
  if (answer.trim() !== database) throw new Refusal('That is not its name. Nothing was deleted.');
}

async function migrate(url: string): Promise<number> {
  const env = { ...process.env, DATABASE_DIRECT_URL: url, DATABASE_DIRECT_URL_FILE: undefined };
  const prisma = spawn(process.execPath, [PRISMA, 'migrate', 'deploy'], { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = (await once(prisma, 'close')) as [number | null];
  return code ?? 1;
}

function say(text: string): 0 {
  console.log(text);
  return 0;
}

settleEnvironment(process.env);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
