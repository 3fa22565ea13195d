import createFetchClient from 'openapi-fetch';
import { describe, expect, it } from 'vitest';
import { json } from '../testing/answers.js';
import { scriptedFetch } from '../testing/scripted-fetch.js';
import { idempotencyKeys } from './idempotency-keys.js';

type Operation = { parameters: { header?: Record<string, string> }; responses: { 200: object } };
type Paths = { '/things/{id}': { get: Operation; post: Operation }; '/others': { post: Operation } };

function setup() {
  const { fetch, asked } = scriptedFetch(json({}), json({}));
  const client = createFetchClient<Paths>({ baseUrl: 'https://api.example.test', fetch });
  client.use(idempotencyKeys(['POST /things/{id}']));
  return { client, keys: () => asked.map(({ headers }) => headers.get('Idempotency-Key')) };
}

describe('the key of a request', () => {
  it('is a new one for each', async () => {
    const { client, keys } = setup();

    for (let time = 0; time < 2; time++) await client.POST('/things/{id}', {});

    expect(keys()).toEqual([expect.stringMatching(/^[\da-f]{32}$/), expect.stringMatching(/^[\da-f]{32}$/)]);
    expect(new Set(keys()).size).toBe(2);
  });

  it('is the one of the caller, who may send the same again', async () => {
    const { client, keys } = setup();

    await client.POST('/things/{id}', { params: { header: { 'Idempotency-Key': 'mine' } } });

    expect(keys()).toEqual(['mine']);
  });

  it('is missing where the API takes none', async () => {
    const { client, keys } = setup();

    await client.GET('/things/{id}', {});
    await client.POST('/others', {});

    expect(keys()).toEqual([null, null]);
  });
});
