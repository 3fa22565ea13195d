import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { allParcels, aParcelBody, sendParcel } from '../../parcels.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem(withParcels);
});
afterAll(() => system.stop());

async function setup() {
  const { token } = await signUp(system);
  return { token, key: randomUUID(), client: system.client };
}

describe('an Idempotency-Key', () => {
  it('makes one parcel of fifty requests at once', async () => {
    const { client, token, key } = await setup();

    const answers = await Promise.all(Array.from({ length: 50 }, () => sendParcel(client, { token, key })));

    const created = answers.filter(({ status }) => status === 201);
    const others = answers.filter(({ status }) => status !== 201);
    expect(created.length).toBeGreaterThan(0);
    expect(new Set(created.map(({ body }) => body.data.id)).size).toBe(1);
    for (const { status, headers } of others) expect([status, headers.has('retry-after')]).toEqual([409, true]);
    expect(await allParcels(client, token)).toHaveLength(1);
  });

  it('replays the first answer: status, body and place', async () => {
    const { client, token, key } = await setup();

    const first = await sendParcel(client, { token, key });
    const second = await sendParcel(client, { token, key });

    expect([second.status, second.body, second.headers.get('location')]).toEqual([
      201,
      first.body,
      first.headers.get('location'),
    ]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.has('idempotency-replayed')).toBe(false);
  });

  it('is the same key with quotes and without', async () => {
    const { client, token, key } = await setup();

    const first = await sendParcel(client, { token, key });
    const second = await sendParcel(client, { token, key: `"${key}"` });

    expect(second.body.data.id).toBe(first.body.data.id);
  });

  it('refuses another body under the same key', async () => {
    const { client, token, key } = await setup();
    await sendParcel(client, { token, key });

    const { status, body } = await sendParcel(client, {
      token,
      key,
      body: aParcelBody({ contents: [{ what: 'coffee', count: 1 }] }),
    });

    expect([status, body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('belongs to one person', async () => {
    const { client, token, key } = await setup();
    const other = await signUp(system);

    const mine = await sendParcel(client, { token, key });
    const theirs = await sendParcel(client, { token: other.token, key });

    expect(theirs.status).toBe(201);
    expect(theirs.body.data.id).not.toBe(mine.body.data.id);
  });

  it('forgets a request that was refused', async () => {
    const { client, token, key } = await setup();
    await sendParcel(client, { token, key, body: { contents: [] } });

    const { status } = await sendParcel(client, { token, key });

    expect(status).toBe(201);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['too long', 'x'.repeat(256)],
    ['repeated', 'one, two'],
  ])('is refused with 400 when it is %s', async (_how, key) => {
    const { client, token } = await setup();

    const { status, headers } = await client.post('/v1/parcels', aParcelBody(), {
      token,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });

    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });
});
