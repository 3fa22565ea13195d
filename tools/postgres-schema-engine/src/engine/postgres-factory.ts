import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { addressOf } from './connection.ts';
import { connectAdapter, type ReportScriptError } from './postgres-adapter.ts';
import { connectToProvided, connectToTemporary } from './shadow-database.ts';

export type Datasource = Readonly<{ url: string; shadowDatabaseUrl?: string }>;

export function postgresFactory(
  { url, shadowDatabaseUrl }: Datasource,
  report: ReportScriptError,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: async () => connectAdapter(addressOf(url), report),
    connectToShadowDb: async () =>
      shadowDatabaseUrl
        ? connectToProvided(addressOf(shadowDatabaseUrl), report)
        : connectToTemporary(addressOf(url), report),
  };
}
