import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';

/**
 * For comparing schema files with nothing or with each other. The engine wants to know a server's version first;
 * this answers for one and refuses everything else, so such a comparison needs no database.
 */
export function offlineFactory(): SqlMigrationAwareDriverAdapterFactory {
  const connect = async (): Promise<SqlDriverAdapter> => adapter;
  return { provider: 'postgres', adapterName: 'offline', connect, connectToShadowDb: connect };
}

const refuse = async (): Promise<never> => {
  throw new Error('This comparison was taken for one that needs no database.');
};

const adapter: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'offline',
  async queryRaw({ sql }) {
    if (!sql.includes('server_version_num')) return refuse();
    return {
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 18.0', 180_000]],
    };
  },
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  executeRaw: refuse,
  executeScript: refuse,
  startTransaction: refuse,
  dispose: async () => undefined,
};
