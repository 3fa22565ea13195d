import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { sendParcel } from '../../parcels.ts';

let system: System;
let token: string;
let parcel: string;
// Few connections and little patience: what takes seconds in production takes less here.
beforeAll(async () => {
  system = await startSystem({
    ...withParcels,
    DATABASE_POOL_SIZE: '4',
    DATABASE_CONNECT_TIMEOUT: String(patience(1_500)),
  });
  ({ token } = await signUp(system));
  parcel = (await sendParcel(system.client, { token })).body.data.id;
});
afterAll(() => system.stop());

async function whileParcelsAreLocked<T>(work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: system.env.DATABASE_URL });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE parcels IN ACCESS EXCLUSIVE MODE');
  return work().finally(() => client.end());
}

const inTurn = async (count: number, path: string): Promise<number[]> => {
  const statuses: number[] = [];
  while (statuses.length < count) statuses.push((await system.client.get(path, { token })).status);
  return statuses;
};

describe('a locked table', () => {
  it.each([
    ['one route', [() => `/v1/parcels/${parcel}`]],
    ['several routes', [() => `/v1/parcels/${parcel}`, () => '/v1/parcels', () => '/v1/parcels?limit=1']],
  ])('takes the connections of %s that needs it, and no others', async (_, paths) => {
    const { waiting, others, health } = await whileParcelsAreLocked(async () => {
      const asked = Promise.all(
        Array.from({ length: 300 }, (_each, at) => system.client.get(paths[at % paths.length]?.() ?? '', { token })),
      );
      const [others, health] = await Promise.all([inTurn(15, '/v1/me'), inTurn(3, '/health/ready')]);
      return { waiting: await asked, others, health };
    });

    expect(others).toEqual(Array(15).fill(200));
    // Several routes may hold everything between them for one wait for the lock, which is longer than a probe waits.
    if (paths.length === 1) expect(health).toEqual(Array(3).fill(200));
    expect(new Set(waiting.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['503 SERVICE_UNAVAILABLE']),
    );
    expect(waiting.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    expect((await system.client.get(`/v1/parcels/${parcel}`, { token })).status).toBe(200);
  });
});
