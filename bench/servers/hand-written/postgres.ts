import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import pg from 'pg';
import { clientDuration, tracer } from './telemetry.ts';

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 10,
  connectionTimeoutMillis: 3_000,
  statement_timeout: 10_000,
  query_timeout: 11_000,
  keepAlive: true,
});
pool.on('error', (error) => console.error(error.name));

type Statement = Readonly<{ name: string; text: string }>;

export function query<Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
  return run<Row>(pool, statement, values);
}

export type Query = typeof query;

/** Commits what `work` does with its query, or nothing of it. */
export async function transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work((statement, values) => run(client, statement, values));
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

async function run<Row extends pg.QueryResultRow>(
  client: pg.Pool | pg.PoolClient,
  { name, text }: Statement,
  values: unknown[],
): Promise<Row[]> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': name };
  const span = trace.getActiveSpan() ? tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }) : null;
  const startedAt = performance.now();
  try {
    const { rows } = await client.query<Row>({ name, text, values });
    return rows;
  } catch (error) {
    span?.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span?.end();
    clientDuration.record((performance.now() - startedAt) / 1000, attributes);
  }
}
