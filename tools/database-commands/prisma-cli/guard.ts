import { parseArgs } from 'node:util';
import { lookInto, requireExpendable } from '../drop-own-objects.ts';
import { Refusal } from '../environment.ts';
import { requireOwnShadow } from './shadow-database.ts';

type Datasource = Readonly<{ url?: string | undefined; shadowDatabaseUrl?: string | undefined }>;

const RESET =
  'Prisma would drop the whole schema, also what the migrations did not make. To drop what the migrations made, and make it anew: npm run db:reset';

/**
 * Stands before Prisma's own commands: neither of its engines looks whose tables it deletes.
 * @throws Refusal
 */
export async function requireHarmless(
  args: readonly string[],
  { url, shadowDatabaseUrl }: Datasource,
  nodeEnv: string | undefined,
): Promise<void> {
  const isCommand = (...words: string[]): boolean => ` ${args.join(' ')} `.includes(` ${words.join(' ')} `);
  if (isCommand('migrate', 'reset') || (isCommand('db', 'push') && args.includes('--force-reset')))
    throw new Refusal(RESET);

  const pushed = optionUrl(args) ?? url;
  if (isCommand('db', 'push') && pushed !== undefined) requireExpendable(pushed, await lookInto(pushed), nodeEnv);

  const replays = isCommand('migrate', 'dev') || args.some((arg) => /^--(from|to)-migrations\b/.test(arg));
  if (replays && shadowDatabaseUrl !== undefined) await requireOwnShadow(shadowDatabaseUrl, url);
}

function optionUrl(args: readonly string[]): string | undefined {
  const { url } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { url: { type: 'string' } },
  }).values;
  return typeof url === 'string' ? url : undefined;
}
