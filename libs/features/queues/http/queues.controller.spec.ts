import { expect, it } from 'vitest';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { queuesApp } from '../testing/queues-app.js';

it('GET /v1/admin/queues answers 200 with how much work waits', async () => {
  const { app, queue } = await queuesApp();

  const response = await app.inject('/v1/admin/queues');

  expect([response.statusCode, response.json()]).toEqual([200, { data: [queue] }]);
});

it('GET /v1/admin/queues answers 403 to a user without the permission', async () => {
  const { app } = await queuesApp(aHolderOf('queues:write'));

  expect((await app.inject('/v1/admin/queues')).json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
});
