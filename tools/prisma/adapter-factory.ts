import { randomUUID } from 'node:crypto';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { atDatabase, postgresAddress } from '../../libs/platform/config/connection-strings.ts';
import { query } from '../database-commands/query.ts';
import { dropDatabase } from './database-command.ts';
import type { EngineOptions } from './engine-arguments.ts';
import { type ReportScriptError, connectAdapter } from './postgres-adapter.ts';

type Datasource = EngineOptions['datasource'];

export function postgresFactory({ url, shadowDatabaseUrl }: Datasource, report: ReportScriptError): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connectAdapter(url, report),
    connectToShadowDb: () => (shadowDatabaseUrl ? connectToEmptied(shadowDatabaseUrl, report) : connectToTemporary(url, report)),
  };
}

/** A shadow database that somebody provides: emptied, because the last run may have left something. */
async function connectToEmptied(url: string, report: ReportScriptError): Promise<SqlDriverAdapter> {
  const schemas = await query<{ name: string }>(
    url,
    "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  for (const { name } of schemas) await query(url, `DROP SCHEMA ${pg.escapeIdentifier(name)} CASCADE`);
  await query(url, `CREATE SCHEMA ${pg.escapeIdentifier(postgresAddress(url).schema)}`);
  return connectAdapter(url, report);
}

async function connectToTemporary(url: string, report: ReportScriptError): Promise<SqlDriverAdapter> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  const shadowUrl = atDatabase(url, name);
  await query(url, `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`);
  const adapter = await connectAdapter(shadowUrl, report);
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await dropDatabase(shadowUrl);
  };
  return adapter;
}
