import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeBehindPooler, startPooler } from '#platform/testing/servers/pooler.js';
import { type RedisCluster, startRedisCluster } from '#platform/testing/servers/redis-cluster.js';
import { describeWithStandby, type PostgresPair, startPostgresPair } from '#platform/testing/servers/standby.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { signUp } from '#platform/testing/system/people.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import type { Server } from '../../../tools/servers/server.ts';
import { sendParcel, whenDelivered } from '../../parcels.ts';

const describeWithAll = describeBehindPooler === describe ? describeWithStandby : describe.skip;

describeWithAll(
  'a system on a Redis Cluster, a primary and a standby behind PgBouncer, with two processes of each kind',
  () => {
    let pair: PostgresPair;
    let cluster: RedisCluster;
    let poolers: readonly Server[] = [];
    let system: System;
    let others: readonly Program[] = [];
    beforeAll(async () => {
      [pair, cluster] = await Promise.all([startPostgresPair(), startRedisCluster()]);
      const settings = { pool_mode: 'transaction', max_prepared_statements: 100, default_pool_size: 6 };
      poolers = await Promise.all([pair.primary, pair.standby].map((target) => startPooler(settings, target)));
      system = await startSystem({
        ...withParcels,
        ...cluster.env,
        DATABASE_URL: poolers[0]?.url,
        DATABASE_REPLICA_URL: poolers[1]?.url,
        DATABASE_DIRECT_URL: pair.primary,
        DATABASE_POOLER: 'transaction',
      });
      const env = { ...system.env, ...withParcels };
      others = await Promise.all([start('api', env), start('worker', env)]);
    });
    afterAll(async () => {
      await Promise.all([system?.stop(), ...others.map((program) => program.stop())]);
      await Promise.all([...poolers, cluster, pair].map((server) => server?.stop()));
    });

    it('does everything once: signs in, delivers, lists what was sent, ends sessions everywhere', async () => {
      const { token } = await signUp(system);
      const clients = [system.client, new ApiClient(others[0]?.url ?? '')] as const;

      const sent = await Promise.all(
        Array.from({ length: 20 }, (_, at) => sendParcel(clients[at % 2] as ApiClient, { token })),
      );
      const lists = await Promise.all(clients.map((client) => client.get('/v1/parcels?limit=100', { token })));
      await Promise.all(sent.map(({ body }) => whenDelivered(system.client, token, body.data.id)));
      await clients[0].post('/v1/auth/logout', undefined, { token });

      expect(sent.map(({ status }) => status)).toEqual(Array(20).fill(201));
      expect(lists.map(({ body }) => body.data.length)).toEqual([20, 20]);
      await eventually(async () => expect((await clients[1].get('/v1/me', { token })).status).toBe(401), 1_000);
    });

    it('is ready, every process of it', async () => {
      const readiness = await Promise.all(
        [system.api, system.worker, ...others].map(
          async ({ url }) => (await new ApiClient(url).get('/health/ready')).body,
        ),
      );

      expect(readiness.map(({ status }) => status)).toEqual(Array(4).fill('ok'));
    });
  },
);
