import { describe, expect, it } from 'vitest';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { queuesApp } from '../testing/queues-app.js';

const UNKNOWN = '0190a1b2-0000-7000-8000-00000000000a';
const URL = '/v1/admin/dead-letters';

describe('GET /v1/admin/dead-letters', () => {
  it('answers 200 with those of all jobs, newest first, or of one', async () => {
    const { app, first, second } = await queuesApp();

    const [all, one] = [await app.inject(URL), await app.inject(`${URL}?job=${first.name}`)];

    expect(all.json().data).toMatchObject([{ id: second.id, queue: 'jobs' }, { id: first.id }]);
    expect(one.json().data).toMatchObject([{ id: first.id, error: first.error, attempts: first.attempts }]);
  });

  it('answers 422 to a queue that is none', async () => {
    const { app } = await queuesApp();

    expect((await app.inject(`${URL}?queue=mails`)).statusCode).toBe(422);
  });
});

it.each([
  ['POST', '/replay', 202],
  ['DELETE', '', 204],
] as const)(
  '%s /v1/admin/dead-letters/:id%s answers %i once, and 404 with a code after that',
  async (method, path, status) => {
    const { app, first } = await queuesApp();
    const url = `${URL}/${first.id}${path}`;

    expect((await app.inject({ method, url })).statusCode).toBe(status);
    expect((await app.inject({ method, url })).json()).toMatchObject({ status: 404, code: 'DEAD_LETTER_NOT_FOUND' });
  },
);

describe('a user without the permission', () => {
  it.each([
    ['GET', '', 'queues:write'],
    ['POST', `/${UNKNOWN}/replay`, 'queues:read'],
    ['DELETE', `/${UNKNOWN}`, 'queues:read'],
  ] as const)('gets 403 from %s /v1/admin/dead-letters%s, also with %s', async (method, path, other) => {
    const { app } = await queuesApp(aHolderOf(other));

    const response = await app.inject({ method, url: URL + path });

    expect(response.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
