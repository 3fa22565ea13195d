import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttableServers, cuttablePostgres } from '#platform/testing/servers/cuttable-servers.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { hasFeature } from '#platform/testing/system/features.js';
import { aStranger, fromElsewhere, signUp } from '#platform/testing/system/people.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { sendParcel } from '../parcels.ts';

let system: System;
let postgres: CuttableServers;
let api: Program;
let client: ApiClient;
let token: string;
beforeAll(async () => {
  system = await startSystem(withParcels);
  ({ token } = await signUp(system));
  postgres = await cuttablePostgres();
  api = await start('api', {
    ...system.env,
    ...postgres.env,
    DATABASE_CONNECT_TIMEOUT: '500',
    DATABASE_STATEMENT_TIMEOUT: '500',
  });
  client = new ApiClient(api.url);
});
afterAll(async () => {
  await api.stop();
  await postgres.close();
  await system.stop();
});

type Ask = () => ReturnType<ApiClient['get']>;
const throughPrisma: Ask = () => client.get('/v1/me/identities', { token });

const requests: [string, Ask][] = [
  ['a read', () => client.get('/v1/parcels', { token })],
  ...(hasFeature('identities') ? [['a read through Prisma', throughPrisma] as [string, Ask]] : []),
  ['a transaction', () => sendParcel(client, { token })],
  ['a sign-in', () => client.post('/v1/auth/login', aStranger(), fromElsewhere())],
];

describe.each(['cut', 'freeze'] as const)('a Postgres that is gone: %s', (lose) => {
  it.each(requests)('makes %s a 503 that says when to come back', async (_what, ask) => {
    await eventually(async () => expect((await ask()).status).toBeLessThan(500));

    postgres[lose]();
    const answers = await Promise.all([ask(), ask()]);
    postgres.restore();

    for (const { status, headers, body } of answers) {
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '1']);
    }
    await eventually(async () => expect((await ask()).status).toBeLessThan(500));
  });
});
