import { describe, expect, it } from 'vitest';
import { aHolderOf, aPrincipal } from '#platform/testing/principal.factory.js';
import { dashboardApp } from '../testing/dashboard-app.js';

const BOARD = '/admin/queues';

describe('the board', () => {
  it.each(['', '/job-schedulers', '/queue/jobs', '/queue/jobs/1'])(
    'is one page at its address and at %s, which knows where it is from outside',
    async (view) => {
      const { get } = await dashboardApp(aPrincipal(), [], { PUBLIC_URL: 'https://example.test/shop' });

      const { statusCode, headers, body } = await get(BOARD + view);

      expect([statusCode, headers['content-type'], body]).toEqual([
        200,
        'text/html; charset=utf-8',
        '<base href="/shop/admin/queues/">',
      ]);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    },
  );

  it('asks for files and for what they show', async () => {
    const { get } = await dashboardApp();

    const [file, answer] = [await get(`${BOARD}/static/js/main.js`), await get(`${BOARD}/api/queues?activeQueue=jobs`)];

    expect([file.statusCode, file.headers['content-type'], file.body]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'main()',
    ]);
    expect([answer.statusCode, answer.json()]).toEqual([200, { path: '/api/queues', query: { activeQueue: 'jobs' } }]);
  });

  it.each(['/static/js/other.js', '/static/', '/api/nothing'])('answers 404 at %s', async (path) => {
    const { get } = await dashboardApp();

    expect((await get(BOARD + path)).statusCode).toBe(404);
  });

  it.each(['activeQueue=%25', 'activeQueue=a&activeQueue=b', 'page=1&page=2'])(
    'answers 422 to what Bull Board could not read: %s',
    async (query) => {
      const { get } = await dashboardApp();

      expect((await get(`${BOARD}/api/queues?${query}`)).statusCode).toBe(422);
    },
  );

  it.each(['', '/queue/jobs', '/static/js/main.js', '/api/queues'])(
    'answers 403 at %s to a user without the permission',
    async (path) => {
      const { get } = await dashboardApp(aHolderOf('queues:write', 'schedules:read'));

      expect((await get(BOARD + path)).statusCode).toBe(403);
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('has no route for %s', async (method) => {
    const { app } = await dashboardApp();

    const urls = ['', '/queue/jobs', '/api/queues/pause', '/api/queues/jobs/obliterate', '/dead-letters', '/schedules'];
    const answers = await Promise.all(urls.map((url) => app.inject({ method, url: BOARD + url })));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual(urls.map(() => 405));
  });
});
