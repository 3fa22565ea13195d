import { randomUUID } from 'node:crypto';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { dropDatabase, runSql } from './database-command.ts';
import { atDatabase, schemaName } from './database-url.ts';
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
  const schemas = await runSql<{ name: string }>(
    url,
    "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  for (const { name } of schemas) await runSql(url, `DROP SCHEMA ${pg.escapeIdentifier(name)} CASCADE`);
  await runSql(url, `CREATE SCHEMA ${pg.escapeIdentifier(schemaName(url))}`);
  return connectAdapter(url, report);
}

async function connectToTemporary(url: string, report: ReportScriptError): Promise<SqlDriverAdapter> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  const shadowUrl = atDatabase(url, name);
  await runSql(url, `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`);
  const adapter = await connectAdapter(shadowUrl, report);
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await dropDatabase(shadowUrl);
  };
  return adapter;
}
