import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OtlpSink } from '#platform/testing/otlp-sink.js';
import { type CuttableServers, cuttableRedis } from '#platform/testing/servers/cuttable-servers.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { type Person, signUp } from '#platform/testing/system/people.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { anOrder } from './testing/orders.client.ts';

/** What is promised is a second; a reading once a second would need all of it. */
const LESS_THAN_A_SECOND_MS = 900;
const LOAD = 'orders.find-by-id';
const AT_ONCE = 200;

let collector: OtlpSink;
let redis: CuttableServers;
let system: System;
let secondApi: Program;
let owner: Person;
let stranger: Person;
beforeAll(async () => {
  [collector, redis] = await Promise.all([OtlpSink.start(), cuttableRedis()]);
  system = await startSystem({
    // One issuer: what one process signs, the other accepts.
    AUTH_ISSUER: 'https://api.example.test',
    ...redis.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  secondApi = await start('api', system.env);
  [owner, stranger] = await Promise.all([signUp(system), signUp(system)]);
  // These orders stay as they were placed.
  await system.worker.stop();
});
afterAll(async () => {
  await secondApi?.stop();
  await system?.stop();
  await Promise.all([collector.stop(), redis.close()]);
});

const here = () => system.client;
const there = () => new ApiClient(secondApi.url);
const anOrderId = async (): Promise<string> => (await anOrder(here(), owner)).id;
const read = (client: ApiClient, id: string, { token } = owner) => client.get(`/v1/orders/${id}`, { token });
const statusOf = async (client: ApiClient, id: string): Promise<string> => (await read(client, id)).body.data.status;
const cancel = (id: string) => here().post(`/v1/orders/${id}/cancel`, undefined, { token: owner.token });

describe(`${AT_ONCE} who ask two processes for one order at the same time`, () => {
  it('cause one reading from Postgres', async () => {
    const id = await anOrderId();
    const traceId = randomBytes(16).toString('hex');
    const headers = { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` };
    const ask = (client: ApiClient) => client.get(`/v1/orders/${id}`, { token: owner.token, headers });

    // A reader of orders waits until all of them have asked.
    const answers = await whileLocked(async () => {
      const asked = Array.from({ length: AT_ONCE }, (_, index) => ask(index % 2 === 0 ? here() : there()));
      await Promise.all([here(), there()].map((client) => client.get('/health/live')));
      return asked;
    });
    const statuses = (await Promise.all(answers)).map(({ status }) => status);

    const spans = (name: string) => collector.spans.filter((span) => span.traceId === traceId && span.name === name);
    expect(statuses).toEqual(Array.from({ length: AT_ONCE }, () => 200));
    // Those of a reading leave its process before the one of the request that waited for it.
    await eventually(() => expect(spans('GET /v1/orders/:id')).toHaveLength(AT_ONCE));
    expect(spans(LOAD)).toHaveLength(1);
  });
});

describe('an order that two processes have read', () => {
  it('is shown by both as its owner has left it, whichever process answers', async () => {
    const id = await anOrderId();
    const before = await Promise.all([here(), there()].map((client) => statusOf(client, id)));

    expect((await cancel(id)).status).toBe(200);

    expect(before).toEqual(['placed', 'placed']);
    expect(await statusOf(here(), id)).toBe('cancelled');
    await eventually(async () => expect(await statusOf(there(), id)).toBe('cancelled'));
  });

  it('has the version of what is shown as its tag', async () => {
    const id = await anOrderId();
    const etag = (await read(there(), id)).headers.get('etag') ?? '';
    const again = () => there().get(`/v1/orders/${id}`, { token: owner.token, headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);

    await cancel(id);

    await eventually(async () => expect((await again()).status).toBe(200));
  });

  it('is shown to nobody else', async () => {
    const id = await anOrderId();
    await Promise.all([here(), there()].map((client) => read(client, id)));

    const refused = await Promise.all([here(), there()].map((client) => read(client, id, stranger)));

    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 2 }, () => [404, 'ORDER_NOT_FOUND']),
    );
  });

  it('is shown as it is within a second while Redis is away', async () => {
    const id = await anOrderId();
    await Promise.all([here(), there()].map((client) => statusOf(client, id)));
    redis.cut();

    expect((await cancel(id)).status).toBe(200);
    const answeredAt = performance.now();
    const own = await statusOf(here(), id);
    await eventually(async () => expect(await statusOf(there(), id)).toBe('cancelled'));
    const delay = performance.now() - answeredAt;
    redis.restore();

    expect(own).toBe('cancelled');
    expect(delay).toBeLessThan(patience(LESS_THAN_A_SECOND_MS));
  });
});

/** Nobody reads orders before `work` is done, and somebody waits to. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  const postgres = new pg.Client({ connectionString: String(system.env.DATABASE_URL) });
  await postgres.connect();
  try {
    await postgres.query('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE');
    const done = await work();
    await eventually(async () => {
      const { rowCount } = await postgres.query(
        `SELECT FROM pg_locks WHERE relation = 'orders'::regclass AND NOT granted`,
      );
      expect(rowCount).toBeGreaterThan(0);
    });
    return done;
  } finally {
    await postgres.end();
  }
}
