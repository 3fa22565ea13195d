// The least a Fastify server does to answer with one row: no identity, no limits, no validation, no log, no telemetry.
import Fastify from 'fastify';
import pg from 'pg';
import { FIND_ORDER, type OrderRow, toOrder } from './order-row.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const fastify = Fastify();
fastify.get<{ Params: { id: string } }>('/v1/orders/:id', async (request) => {
  const { rows } = await pool.query<OrderRow>({ ...FIND_ORDER, values: [request.params.id] });
  return { data: rows[0] && toOrder(rows[0]) };
});
await fastify.listen({ port: Number(process.env['API_PORT']), host: '127.0.0.1' });
