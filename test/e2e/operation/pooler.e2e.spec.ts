import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBehindPooler, startPooler } from '#platform/testing/servers/pooler.js';
import { signUp } from '#platform/testing/system/people.js';
import { launch, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import type { Server } from '../../../tools/servers/server.ts';
import { sendParcel, whenDelivered } from '../../parcels.ts';

describeBehindPooler('a system behind PgBouncer in transaction mode', () => {
  let pooler: Server;
  let system: System;
  beforeAll(async () => {
    pooler = await startPooler({ pool_mode: 'transaction', max_prepared_statements: 100, default_pool_size: 4 });
    system = await startSystem({ ...withParcels, DATABASE_URL: pooler.url, DATABASE_POOLER: 'transaction' });
  });
  afterAll(async () => {
    await system.stop();
    await pooler.stop();
  });

  it('answers many at once, and delivers every parcel once', async () => {
    const people = await Promise.all([signUp(system), signUp(system), signUp(system)]);
    const tokenAt = (at: number): string => people[at % people.length]?.token ?? '';

    const placed = await Promise.all(
      Array.from({ length: 30 }, (_, at) => sendParcel(system.client, { token: tokenAt(at) })),
    );
    const read = await Promise.all(
      placed.map(({ body }, at) => whenDelivered(system.client, tokenAt(at), body.data.id)),
    );

    expect(placed.map(({ status }) => status)).toEqual(Array(30).fill(201));
    expect(new Set(read.map(({ body }) => body.data.id)).size).toBe(30);
  });

  it('says of a pooler that it takes for another what to do, and is not ready', async () => {
    const api = await launch('api', { ...system.env, API_PORT: undefined, DATABASE_POOLER: 'session' });

    const { status, body } = await eventually(async () => {
      const response = await fetch(`${api.url}/health/ready`);
      return { status: response.status, body: (await response.json()) as { checks: { database: unknown } } };
    });
    const output = api.output();
    await api.stop();

    expect(status).toBe(503);
    expect(body.checks.database).toMatchObject({ status: 'down', code: 'POOLER_SHARES_CONNECTIONS' });
    expect(output).toMatch(
      /Not ready, and trying on: The pooler before Postgres lends another connection[^"]*DATABASE_POOLER=transaction/,
    );
  });
});
