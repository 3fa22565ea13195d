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

export async function query<Row extends pg.QueryResultRow>(
  { name, text }: Statement,
  values: unknown[],
): Promise<Row[]> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': name };
  const span = trace.getActiveSpan() ? tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }) : null;
  const startedAt = performance.now();
  try {
    const { rows } = await pool.query<Row>({ name, text, values });
    return rows;
  } catch (error) {
    span?.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span?.end();
    clientDuration.record((performance.now() - startedAt) / 1000, attributes);
  }
}
