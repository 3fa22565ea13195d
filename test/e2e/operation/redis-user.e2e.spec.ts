import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onRedisNodes } from '#platform/testing/servers/cuttable-servers.js';
import { signUpOnlyAdministrator } from '#platform/testing/system/administration.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { hasFeature } from '#platform/testing/system/features.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { sendParcel, whenDelivered } from '../../parcels.ts';

let system: System;
let name: string;
beforeAll(async () => {
  const [, words = ''] = /^ACL SETUSER (.*)$/m.exec(readFileSync('deploy/operation.md', 'utf8')) ?? [];
  const [user = '', ...rules] = words.split(' ');
  name = user;
  await onRedisNodes((redis) => redis.acl('SETUSER', name, 'reset', ...rules));
  const url = new URL(String(process.env.REDIS_URL));
  system = await startSystem({
    ...withParcels,
    REDIS_URL: Object.assign(url, { username: name, password: 'password' }).href,
  });
});
afterAll(async () => {
  await system?.stop();
});

async function lookAtQueues(token: string): Promise<void> {
  const looks = ['redis/stats', 'queues', 'queues?activeQueue=jobs', 'job-schedulers', 'queues/jobs/metrics'];
  const headers = { authorization: `Bearer ${token}` };
  const seen = await Promise.all(looks.map((path) => fetch(`${system.api.url}/admin/queues/api/${path}`, { headers })));
  expect(seen.map(({ status }) => status)).toEqual(looks.map(() => 200));
}

describe('the user of Redis that deploy/operation.md describes', () => {
  it('may do all that the service does, and not more', async () => {
    const { token } = await signUpOnlyAdministrator(system);
    const { body } = await sendParcel(system.client, { token });
    await whenDelivered(system.client, token, body.data.id);
    if (hasFeature('queue-dashboard')) await lookAtQueues(token);
    await system.client.post('/v1/auth/logout', undefined, { token });

    const readiness = await Promise.all(
      [system.api, system.worker].map(({ url }) => new ApiClient(url).get('/health/ready')),
    );
    expect(readiness.map((answer) => [answer.status, answer.body.status])).toEqual([
      [200, 'ok'],
      [200, 'ok'],
    ]);
    expect(system.api.output() + system.worker.output()).not.toMatch(/NOPERM|lacks a permission/);
    for (const answer of await onRedisNodes((redis) => redis.acl('DRYRUN', name, 'SET', 'foreign', '1')))
      expect(answer).toMatch(/no permissions/);
  });
});
