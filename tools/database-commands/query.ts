import pg from 'pg';
import { postgresAddress } from '../../libs/platform/config/values/connection-strings.ts';

const PATIENCE_MS = 10_000;

/** What `work` does on a connection of its own, in the schema that the URL names. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const address = postgresAddress(url);
  const client = new pg.Client({ ...address, connectionTimeoutMillis: PATIENCE_MS });
  await client.connect();
  try {
    // Not as an option of the connection, which poolers refuse.
    await client.query("SELECT set_config('search_path', $1, false)", [`"${address.schema}"`]);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One statement. */
export const query = <Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => connected(url, async (client) => (await client.query<Row>(text, [...values])).rows);
