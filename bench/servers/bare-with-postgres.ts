// The least a Fastify server does to answer with one row: no identity, no limits, no validation, no log, no telemetry.
import Fastify from 'fastify';
import pg from 'pg';
import { FIND_PARCEL, type ParcelRow, toParcel } from './parcel-row.ts';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const fastify = Fastify();
fastify.get<{ Params: { id: string } }>('/v1/parcels/:id', async (request) => {
  const { rows } = await pool.query<ParcelRow>({ ...FIND_PARCEL, values: [request.params.id] });
  return { data: rows[0] && toParcel(rows[0]) };
});
await fastify.listen({ port: Number(process.env['API_PORT']), host: '127.0.0.1' });
