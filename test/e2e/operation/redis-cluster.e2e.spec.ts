import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RedisCluster, startRedisCluster } from '#platform/testing/servers/redis-cluster.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { signUp } from '#platform/testing/system/people.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { sendParcel, whenDelivered } from '../../parcels.ts';

describe('a system on a Redis Cluster of three nodes', () => {
  let cluster: RedisCluster;
  let system: System;
  let other: Program;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    system = await startSystem({
      ...withParcels,
      ...cluster.env,
      RATE_LIMITS: 'login=3/60,register=1000/60,mail=1000/60',
    });
    other = await start('api', { ...system.env, API_PORT: undefined, ...withParcels });
  });
  afterAll(async () => {
    await Promise.all([system?.stop(), other?.stop()]);
    await cluster.stop();
  });

  const readiness = () =>
    Promise.all(
      [system.api, other, system.worker].map(async ({ url }) => (await new ApiClient(url).get('/health/ready')).body),
    );

  it('signs people in, and delivers what they send', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => signUp(system)));
    const sent = await Promise.all(people.map(({ token }) => sendParcel(system.client, { token })));

    await Promise.all(sent.map(({ body }, at) => whenDelivered(system.client, people[at]?.token ?? '', body.data.id)));

    expect((await readiness()).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  it('counts requests over all processes', async () => {
    const options = { headers: { 'x-forwarded-for': '192.0.2.77' } };
    const clients = [system.client, new ApiClient(other.url)];
    const statuses: number[] = [];

    for (let attempt = 0; attempt < 6; attempt++)
      statuses.push(
        (
          await (clients[attempt % 2] as ApiClient).post(
            '/v1/auth/login',
            { email: 'a@example.test', password: 'wrong' },
            options,
          )
        ).status,
      );

    expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
  });

  it('ends a session in every process at once', async () => {
    const { token } = await signUp(system);
    const there = new ApiClient(other.url);
    expect((await there.get('/v1/me', { token })).status).toBe(200);

    await system.client.post('/v1/auth/logout', undefined, { token });

    await eventually(async () => expect((await there.get('/v1/me', { token })).status).toBe(401), 1_000);
  });

  it('delivers what is sent while the node that holds the queue ends and its replica takes over', async () => {
    const { token } = await signUp(system);
    await cluster.endMasterOf('{queue}');

    const sent = await Promise.all(Array.from({ length: 10 }, () => sendParcel(system.client, { token })));

    expect(sent.map(({ status }) => status)).toEqual(Array(10).fill(201));
    for (const { body } of sent) await whenDelivered(system.client, token, body.data.id, 60_000);
    await eventually(
      async () => expect((await readiness()).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']),
      30_000,
    );
  });
});
