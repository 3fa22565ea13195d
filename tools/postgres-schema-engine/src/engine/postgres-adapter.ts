import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type SqlDriverAdapter, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { type Address, enterSchema } from './connection.ts';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;
type Internals = { performIO(query: SqlQuery): Promise<pg.QueryArrayResult>; onError(error: unknown): never };

/** Told why something failed, such as a migration's SQL in Postgres' own words: the engine passes on only half of them. */
export type ReportScriptError = (explanation: string) => void;

/** Prisma's own adapter, made fit for the schema engine, which asks more of it than the client does. */
export async function connectAdapter(address: Address, report: ReportScriptError): Promise<SqlDriverAdapter> {
  const onConnect = (client: pg.ClientBase) => enterSchema(client, address);
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- pg's pool waits for it, which its types do not say
  const pool: pg.PoolConfig = { ...address, max: 1, allowExitOnIdle: true, onConnect };
  const adapter = await new PrismaPg(pool, { schema: address.schema }).connect();
  adapter.queryRaw = readingCatalogCharacters(adapter);
  adapter.executeScript = asOneScript(adapter, report);
  return adapter;
}

const CATALOG_CHARACTER = 18;
const TEXT = 25;

/** The system catalog has a type of its own for single characters, which the adapter refuses. */
function readingCatalogCharacters(adapter: Adapter): Adapter['queryRaw'] {
  const read = adapter.queryRaw;
  const internals = adapter as unknown as Internals;

  return async (query): Promise<SqlResultSet> => {
    const result = await internals.performIO(query);
    const characters = [...result.fields.keys()].filter((at) => result.fields[at]?.dataTypeID === CATALOG_CHARACTER);
    const fields = result.fields.map((field) =>
      field.dataTypeID === CATALOG_CHARACTER ? { ...field, dataTypeID: TEXT } : field,
    );
    const rows = await read.call({ performIO: async () => ({ ...result, fields }) } as unknown as Adapter, query);
    for (const at of characters) rows.columnTypes[at] = ColumnTypeEnum.Character;
    return rows;
  };
}

/** The adapter cuts scripts at every ";", also inside function bodies and strings. */
function asOneScript(adapter: Adapter, report: ReportScriptError): Adapter['executeScript'] {
  return async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      if (error instanceof pg.DatabaseError) report(explain(error, script));
      (adapter as unknown as Internals).onError(error);
    }
  };
}

function explain({ code, message, position, detail, hint }: pg.DatabaseError, script: string): string {
  const line =
    position === undefined ? '' : ` (line ${script.slice(0, Number(position)).split('\n').length} of the script)`;
  const parts = [`Database error ${code}: ${message}${line}`, detail && `DETAIL: ${detail}`, hint && `HINT: ${hint}`];
  return parts.filter(Boolean).join('\n');
}
