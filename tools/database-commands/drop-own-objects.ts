import type pg from 'pg';
import { postgresAddress } from '../../libs/platform/config/values/connection-strings.ts';
import { Refusal } from './environment.ts';
import { type DatabaseObject, type Inventory, inventory, inventoryOf, KINDS, listed } from './inventory.ts';
import { connected } from './query.ts';

const DEPENDENT_OBJECTS_STILL_EXIST = '2BP01';
/** Somebody works with these tables: better said than waited for. */
const LOCK_TIMEOUT = '10s';

/** For people: which database this is about. */
export function nameOf(url: string): string {
  const { host, port, database, schema } = postgresAddress(url);
  return `database "${database}" at ${host}:${port}${schema === 'public' ? '' : `, schema "${schema}"`}`;
}

/** @throws Refusal when the database does not answer */
export async function asking<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`The ${nameOf(url)} cannot be asked what it holds: ${(error as Error).message}`);
  }
}

/** @throws Refusal when the database does not answer */
export const lookInto = (url: string): Promise<Inventory> => asking(url, () => inventoryOf(url));

/** @throws Refusal in production, and when the schema holds what our migrations did not make */
export function requireExpendable(url: string, { foreign }: Inventory, nodeEnv: string | undefined): void {
  if (nodeEnv === 'production')
    throw new Refusal(
      'NODE_ENV=production: nothing is deleted from the database of a production system by this command.',
    );
  if (foreign.length === 0) return;
  throw new Refusal(
    `The ${nameOf(url)} holds what the migrations of this checkout did not make: ${listed(foreign)}. Nothing was deleted. ` +
      'Let DATABASE_URL name a database of its own, or move these away first.',
  );
}

/**
 * All of it or nothing. Without CASCADE, so that Postgres itself refuses what would take somebody else's view or foreign key along.
 * @throws Refusal
 */
export function dropOwnObjects(url: string, nodeEnv: string | undefined): Promise<void> {
  return connected(url, async (client) => {
    await client.query(`BEGIN; SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    try {
      const found = await inventory(client);
      requireExpendable(url, found, nodeEnv);
      for (const kind of KINDS)
        await drop(
          client,
          found.own.filter((object) => object.kind === kind),
        );
      await client.query('COMMIT');
    } catch (error) {
      const { code, detail = '' } = error as { code?: string; detail?: string };
      if (code !== DEPENDENT_OBJECTS_STILL_EXIST) throw error;
      throw new Refusal(
        `Nothing was deleted from the ${nameOf(url)}, because what is not ours depends on it: ${detail.replaceAll('\n', '; ')}.`,
      );
    }
  });
}

async function drop(client: pg.ClientBase, objects: readonly DatabaseObject[]): Promise<void> {
  const [first] = objects;
  if (first) await client.query(`DROP ${first.kind} ${objects.map(({ reference }) => reference).join(', ')}`);
}
