import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '#platform/testing/system/api-client.js';
import { aStranger, type Person, signUp } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { aParcelBody, sendParcel } from '../../parcels.ts';

let system: System;
let person: Person;
beforeAll(async () => {
  system = await startSystem({ ...withParcels, BODY_LIMIT: '4096' });
  person = await signUp(system);
});
afterAll(() => system.stop());

type Request = () => Promise<Answer>;
const problems: [what: string, status: number, request: Request][] = [
  ['an unknown route', 404, () => system.client.get('/v1/nothing')],
  [
    'an unknown route asked for by a browser',
    404,
    () => system.client.get('/nothing', { headers: { accept: 'text/html' } }),
  ],
  ['a method the route does not have', 405, () => system.client.send('DELETE', '/v1/parcels')],
  [
    'a body that is too large',
    413,
    () => system.client.post('/v1/auth/login', { email: 'x'.repeat(5000), password: 'x' }),
  ],
  [
    'a body of another type',
    415,
    () => system.client.post('/v1/auth/login', '<xml/>', { headers: { 'content-type': 'application/xml' } }),
  ],
  ['plain text', 415, () => system.client.post('/v1/auth/login', '{}', { headers: { 'content-type': 'text/plain' } })],
  [
    'a content type with garbage behind it',
    415,
    () => system.client.post('/v1/auth/login', '{}', { headers: { 'content-type': 'application/json garbage' } }),
  ],
  ['malformed JSON', 400, () => system.client.post('/v1/auth/login', '{"email":')],
  ['a path that is no UTF-8', 400, () => system.client.get('/%FF')],
  ['a path parameter that is no UTF-8', 400, () => system.client.get('/v1/parcels/%FF')],
  ['no credentials', 401, () => system.client.get('/v1/me')],
  ['credentials that mean nothing', 401, () => system.client.get('/v1/me', { token: 'nonsense' })],
  ['fields of the wrong type', 422, () => system.client.post('/v1/auth/login', { email: 7, password: [] })],
];

describe('a problem', () => {
  it.each(problems)('tells of %s with %d, whatever layer found it', async (_what, status, request) => {
    const answer = await request();

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.body).toMatchObject({
      type: expect.stringMatching(new RegExp(`^${system.api.url}/errors/[a-z-]+$`)),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      instance: expect.any(String),
      code: expect.stringMatching(/^[A-Z_]+$/),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      requestId: answer.headers.get('x-request-id'),
    });
  });

  it.each(problems)('links to a page that explains %s', async (_what, _status, request) => {
    const { body } = await request();

    const page = await system.client.get(new URL(body.type).pathname, { headers: { accept: 'text/html' } });

    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain(body.code);
  });

  it('is found in the log by its ids', async () => {
    const { requestId, traceId } = (await system.client.get('/v1/nothing')).body;

    const line = await eventually(() => {
      const found = system.api
        .output()
        .split('\n')
        .find((text) => text.includes(requestId));
      if (!found) throw new Error(`No log line has ${requestId}`);
      return JSON.parse(found);
    });
    expect(line).toMatchObject({ request_id: requestId, trace_id: traceId, status: 404 });
  });

  it('says which methods are allowed', async () => {
    const { headers } = await system.client.send('DELETE', '/v1/parcels');

    expect(headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(['GET', 'POST']));
  });

  it('says how to sign in', async () => {
    const { headers } = await system.client.get('/v1/me');

    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('lists every violation at once, by place', async () => {
    const contents = [{ what: '', count: 0 }, { what: 'tea' }];

    const { status, body } = await sendParcel(system.client, {
      token: person.token,
      body: { contents, colour: 'red' },
    });

    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(status).toBe(422);
    expect(pointers.sort()).toEqual(['#/colour', '#/contents/0/count', '#/contents/0/what', '#/contents/1/count']);
  });

  it('never repeats a secret', async () => {
    const { status, body } = await system.client.post('/v1/auth/register', { ...aStranger(), password: 'hunter2' });

    expect(status).toBe(422);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it("is the same for somebody else's parcel and for none", async () => {
    const other = await signUp(system);
    const { body } = await sendParcel(system.client, { token: other.token, body: aParcelBody() });

    const theirs = await system.client.get(`/v1/parcels/${body.data.id}`, { token: person.token });
    const none = await system.client.get('/v1/parcels/0190a1b2-0000-7000-8000-000000000009', { token: person.token });

    const { type, title, status, code } = none.body;
    expect(theirs.status).toBe(404);
    expect(theirs.body).toMatchObject({ type, title, status, code });
  });
});
