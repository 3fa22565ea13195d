import { randomUUID } from 'node:crypto';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { type Address, atDatabase, createSchema, dropDatabase, query } from './connection.ts';
import { connectAdapter, type ReportScriptError } from './postgres-adapter.ts';

const SCHEMAS = "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'";

/** The one that somebody provides. As with the native engine, whatever is in it goes. */
export async function connectToProvided(address: Address, report: ReportScriptError): Promise<SqlDriverAdapter> {
  for (const { name } of await query<{ name: string }>(address, SCHEMAS))
    await query(address, `DROP SCHEMA ${pg.escapeIdentifier(name)} CASCADE`);
  await createSchema(address);
  return connectAdapter(address, report);
}

/** One beside the database, which goes with the connection. */
export async function connectToTemporary(beside: Address, report: ReportScriptError): Promise<SqlDriverAdapter> {
  const address = atDatabase(beside, `prisma_migrate_shadow_db_${randomUUID()}`);
  await query(beside, `CREATE DATABASE ${pg.escapeIdentifier(address.database)} TEMPLATE template0`);
  const adapter = await connectAdapter(address, report);
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await dropDatabase(address);
  };
  return adapter;
}
