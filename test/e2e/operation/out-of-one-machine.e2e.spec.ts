import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeBehindPooler, startPooler } from '#platform/testing/servers/pooler.js';
import { type RedisCluster, startRedisCluster } from '#platform/testing/servers/redis-cluster.js';
import { describeWithStandby, type PostgresPair, startPostgresPair } from '#platform/testing/servers/standby.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { WIDE_LIMITS } from '#platform/testing/system/environment.js';
import { aStranger, fromElsewhere, signUp } from '#platform/testing/system/people.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import type { Server } from '../../../tools/servers/server.ts';
import { sendParcel, whenDelivered } from '../../parcels.ts';

const describeWithAll = describeBehindPooler === describe ? describeWithStandby : describe.skip;
const POOLER = { pool_mode: 'transaction', max_prepared_statements: 100, default_pool_size: 6 };

describeWithAll('two processes of each kind, on a Redis Cluster and a primary and a standby behind PgBouncer', () => {
  let pair: PostgresPair;
  let cluster: RedisCluster;
  let poolers: readonly Server[] = [];
  let system: System;
  let others: readonly Program[] = [];
  let clients: readonly [ApiClient, ApiClient];
  beforeAll(async () => {
    [pair, cluster] = await Promise.all([startPostgresPair(), startRedisCluster()]);
    poolers = await Promise.all([pair.primary, pair.standby].map((target) => startPooler(POOLER, target)));
    system = await startSystem({
      ...withParcels,
      ...cluster.env,
      DATABASE_URL: poolers[0]?.url,
      DATABASE_REPLICA_URL: poolers[1]?.url,
      DATABASE_DIRECT_URL: pair.primary,
      DATABASE_POOLER: 'transaction',
      RATE_LIMITS: WIDE_LIMITS.replace('login=1000/60', 'login=3/60'),
    });
    const env = { ...system.env, ...withParcels };
    others = await Promise.all([start('api', env), start('worker', env)]);
    clients = [system.client, new ApiClient(others[0]?.url ?? '')];
  });
  afterAll(async () => {
    await Promise.all([system?.stop(), ...others.map((program) => program.stop())]);
    await Promise.all([...poolers, cluster, pair].map((server) => server?.stop()));
  });

  /** As a balancer spreads them. */
  const inTurn = <T>(count: number, ask: (client: ApiClient) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, at) => ask(clients[at % 2] as ApiClient)));

  const readiness = () =>
    Promise.all(
      [system.api, system.worker, ...others].map(
        async ({ url }) => (await new ApiClient(url).get('/health/ready')).body.status,
      ),
    );

  it('deliver what is sent to either, and both list it', async () => {
    const { token } = await signUp(system);

    const sent = await inTurn(20, (client) => sendParcel(client, { token }));
    const lists = await inTurn(2, (client) => client.get('/v1/parcels?limit=100', { token }));
    await Promise.all(sent.map(({ body }) => whenDelivered(system.client, token, body.data.id)));

    expect(sent.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(lists.map(({ body }) => body.data.length)).toEqual([20, 20]);
    expect(await readiness()).toEqual(Array(4).fill('ok'));
  });

  it('do once what is asked of both with one idempotency key', async () => {
    const { token } = await signUp(system);
    const key = randomUUID();

    await inTurn(10, (client) => sendParcel(client, { token, key }));
    // One after the other: two at once, and one may be told that the other is at it.
    const again = [];
    for (const client of clients) again.push(await sendParcel(client, { token, key }));
    const { body } = await system.client.get('/v1/parcels', { token });

    expect(body.data).toHaveLength(1);
    expect(again.map((answer) => [answer.status, answer.body.data.id])).toEqual(Array(2).fill([201, body.data[0].id]));
  });

  it('count requests together', async () => {
    const home = fromElsewhere();

    const answers = await inTurn(6, (client) => client.post('/v1/auth/login', aStranger(), home));

    expect(answers.map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429, 429]);
  });

  it('both end a session, within a second', async () => {
    const { token } = await signUp(system);
    const [here, there] = clients;
    expect((await there.get('/v1/me', { token })).status).toBe(200);

    await here.post('/v1/auth/logout', undefined, { token });

    await eventually(async () => expect((await there.get('/v1/me', { token })).status).toBe(401), 1_000);
  });

  it('deliver what is sent while the node that holds the queue ends and its replica takes over', async () => {
    const { token } = await signUp(system);
    await cluster.endMasterOf('{queue}');

    const sent = await inTurn(10, (client) => sendParcel(client, { token }));

    expect(sent.map(({ status }) => status)).toEqual(Array(10).fill(201));
    for (const { body } of sent) await whenDelivered(system.client, token, body.data.id, 60_000);
    await eventually(async () => expect(await readiness()).toEqual(Array(4).fill('ok')), 30_000);
  });
});
