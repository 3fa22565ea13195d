import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { webhooksApp } from '../testing/webhooks-app.js';

const URL = '/v1/webhooks/endpoints';
const wish = (overrides: object = {}) => ({
  url: 'https://receiver.example/hooks',
  events: ['thing.done'],
  ...overrides,
});

describe('POST /v1/webhooks/endpoints', () => {
  it('answers 201 with the secret, which nothing shows again', async () => {
    const { app, owner } = await webhooksApp();

    const made = await app.inject({ method: 'POST', url: URL, payload: wish({ description: ' Warehouse ' }) });
    const { secret, ...shown } = made.json().data;

    expect(made.statusCode).toBe(201);
    expect(made.headers.location).toBe(`${URL}/${shown.id}`);
    expect(secret).toMatch(/^whsec_/);
    expect(shown).toMatchObject({ userId: owner.id, description: 'Warehouse', isEnabled: true, audience: 'own' });
    expect((await app.inject(`${URL}/${shown.id}`)).json().data).toEqual(shown);
    expect((await app.inject(URL)).json().data[0]).toEqual(shown);
  });

  it('answers 422 with the events that there are to one that there is not', async () => {
    const { app } = await webhooksApp();

    const refused = await app.inject({ method: 'POST', url: URL, payload: wish({ events: ['thing.undone'] }) });

    expect(refused.json()).toMatchObject({
      status: 422,
      code: 'WEBHOOK_EVENT_UNKNOWN',
      errors: [{ pointer: '#/events/0', detail: expect.stringContaining('thing.done') }],
    });
  });

  it('answers 403 to whoever wants the events of everybody and may not', async () => {
    const { app } = await webhooksApp();

    const refused = await app.inject({ method: 'POST', url: URL, payload: wish({ audience: 'everybody' }) });

    expect(refused.statusCode).toBe(403);
  });

  it.each([
    {},
    wish({ events: [] }),
    wish({ url: 'no address' }),
    wish({ description: 'a\nb' }),
    wish({ secret: 'whsec_mine' }),
  ])('answers 422 to %j', async (payload) => {
    const { app } = await webhooksApp();

    expect((await app.inject({ method: 'POST', url: URL, payload })).json().code).toBe('VALIDATION_FAILED');
  });
});

describe('GET /v1/webhooks/endpoints', () => {
  it('lists page by page', async () => {
    const { app, endpoint } = await webhooksApp();
    const { id } = (await app.inject({ method: 'POST', url: URL, payload: wish() })).json().data;

    const first = (await app.inject(`${URL}?limit=1`)).json();
    const second = (await app.inject(`${URL}?limit=1&cursor=${first.meta.page.nextCursor}`)).json();

    expect([...first.data, ...second.data].map((each: { id: string }) => each.id)).toEqual([id, endpoint.id]);
  });
});

describe('PATCH /v1/webhooks/endpoints/:id', () => {
  it('changes what is named', async () => {
    const { app, endpoint } = await webhooksApp({ disabledBecause: 'failing' });

    const changed = await app.inject({ method: 'PATCH', url: `${URL}/${endpoint.id}`, payload: { isEnabled: true } });

    expect(changed.json().data).toMatchObject({ url: endpoint.url, isEnabled: true, disabledBecause: null });
  });
});

describe('POST /v1/webhooks/endpoints/:id/rotate-secret', () => {
  it('answers with the new secret', async () => {
    const { app, endpoint, endpoints } = await webhooksApp();

    const rotated = await app.inject({ method: 'POST', url: `${URL}/${endpoint.id}/rotate-secret` });

    expect(rotated.statusCode).toBe(200);
    expect(rotated.json().data.secret).toBe(endpoints.secrets.get(endpoint.id)?.secret);
  });
});

describe('DELETE /v1/webhooks/endpoints/:id', () => {
  it('answers 204 once, and 404 with a code after that', async () => {
    const { app, endpoint } = await webhooksApp();
    const remove = () => app.inject({ method: 'DELETE', url: `${URL}/${endpoint.id}` });

    expect((await remove()).statusCode).toBe(204);
    expect((await remove()).json()).toMatchObject({ status: 404, code: 'WEBHOOK_ENDPOINT_NOT_FOUND' });
  });
});

describe('an endpoint of somebody else', () => {
  it.each([
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/rotate-secret'],
  ] as const)('answers 404 to %s %s', async (method, path) => {
    const { app, endpoint } = await webhooksApp({ userId: newId() });

    const response = await app.inject({
      method,
      url: `${URL}/${endpoint.id}${path}`,
      ...(method === 'PATCH' && { payload: { isEnabled: false } }),
    });

    expect(response.json().code).toBe('WEBHOOK_ENDPOINT_NOT_FOUND');
  });
});
