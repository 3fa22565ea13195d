import { parseArgs } from 'node:util';
import type { Datasource } from '../engine/postgres-factory.ts';

export type EngineOptions = Readonly<{
  version: boolean;
  /** `cli <command>`: one question about the database instead of a conversation. */
  databaseCommand: string | null;
  /** Paths of the schema's files. */
  datamodels: readonly string[];
  datasource: Datasource;
}>;

// Comparing two schema files needs no database, and then no URL either.
const NOWHERE = 'postgresql://localhost/none';

export function parseArguments(args: readonly string[]): EngineOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      version: { type: 'boolean', default: false },
      datamodels: { type: 'string', short: 'd', multiple: true, default: [] },
      datasource: { type: 'string', default: '{}' },
      'enabled-preview-features': { type: 'string' },
      'extension-types': { type: 'string' },
    },
  });
  const [command, databaseCommand = ''] = positionals;
  return {
    version: values.version,
    databaseCommand: command === 'cli' ? databaseCommand : null,
    datamodels: values.datamodels,
    datasource: { url: NOWHERE, ...(JSON.parse(values.datasource) as object) },
  };
}
