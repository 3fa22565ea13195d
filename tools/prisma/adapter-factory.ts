import { randomUUID } from 'node:crypto';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { atDatabase } from '../../libs/platform/config/values/connection-strings.ts';
import { Refusal } from '../database-commands/environment.ts';
import { query } from '../database-commands/query.ts';
import { dropDatabase } from './database-command.ts';
import type { EngineOptions } from './engine-arguments.ts';
import { connectAdapter, type ReportScriptError } from './postgres-adapter.ts';
import { emptyShadowDatabase } from './shadow-database.ts';

type Datasource = EngineOptions['datasource'];

export function postgresFactory(
  { url, shadowDatabaseUrl }: Datasource,
  report: ReportScriptError,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connectAdapter(url, report),
    connectToShadowDb: () =>
      shadowDatabaseUrl ? connectToProvided(shadowDatabaseUrl, url, report) : connectToTemporary(url, report),
  };
}

async function connectToProvided(
  url: string,
  databaseUrl: string,
  report: ReportScriptError,
): Promise<SqlDriverAdapter> {
  await emptyShadowDatabase(url, databaseUrl).catch((error: unknown) => {
    // The engine says no more than that it failed.
    if (error instanceof Refusal) report(error.message);
    throw error;
  });
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
