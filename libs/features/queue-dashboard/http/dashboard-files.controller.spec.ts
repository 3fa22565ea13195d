import { expect, it } from 'vitest';
import { userWithoutPermissions } from '#platform/testing/principal.factory.js';
import { dashboardApp } from '../testing/dashboard-app.js';

it.each([
  ['dashboard.css', 'text/css; charset=utf-8'],
  ['actions.js', 'text/javascript; charset=utf-8'],
  ['return-to-sign-in.js', 'text/javascript; charset=utf-8'],
])('GET /admin/queues/%s answers what pages load', async (file, type) => {
  const { get } = await dashboardApp(userWithoutPermissions);

  const { statusCode, headers } = await get(`/admin/queues/${file}`);

  expect([statusCode, headers['content-type']]).toEqual([200, type]);
});
