import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { allParcels, sendParcel } from '../../parcels.ts';

const PARCELS = 25;

let system: System;
let token: string;
let other: string;
let ids: string[];

// The worker is stopped once it has sent the mails that signing up needs: these parcels stay as they were sent.
beforeAll(async () => {
  system = await startSystem(withParcels);
  [{ token }, { token: other }] = await Promise.all([signUp(system), signUp(system)]);
  await system.worker.stop();
  ids = [];
  for (let count = 0; count < PARCELS; count++) ids.unshift((await sendParcel(system.client, { token })).body.data.id);
});
afterAll(() => system.stop());

describe('a list', () => {
  it('is twenty long unless asked otherwise, newest first', async () => {
    const { body } = await system.client.get('/v1/parcels', { token });

    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 20));
    expect(body.meta.page).toEqual({ limit: 20, nextCursor: expect.any(String) });
  });

  it('ends with no cursor, every item seen once', async () => {
    const parcels = await allParcels(system.client, token, 'limit=7');

    expect(parcels.map(({ id }) => id)).toEqual(ids);
  });

  it('goes on where it was, whatever was added in between', async () => {
    const older = await sendParcel(system.client, { token: other });
    await sendParcel(system.client, { token: other });
    const first = await system.client.get('/v1/parcels?limit=1', { token: other });
    await sendParcel(system.client, { token: other });

    const second = await system.client.get(
      `/v1/parcels?limit=1&cursor=${encodeURIComponent(first.body.meta.page.nextCursor)}`,
      { token: other },
    );

    expect(second.body.data).toEqual([expect.objectContaining({ id: older.body.data.id })]);
    expect(second.body.meta.page.nextCursor).toBeNull();
  });

  it.each(['0', '-1', '101', 'many', '1.5'])('refuses a limit of %s with 422', async (limit) => {
    const { status, body } = await system.client.get(`/v1/parcels?limit=${limit}`, { token });

    expect([status, body.errors[0].pointer]).toEqual([422, '#/limit']);
  });

  it('refuses a cursor that was tampered with or belongs to another list', async () => {
    const { body } = await system.client.get('/v1/parcels?limit=5', { token });
    const cursor: string = body.meta.page.nextCursor;
    const tampered = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;

    const changed = await system.client.get(`/v1/parcels?limit=5&cursor=${encodeURIComponent(tampered)}`, { token });
    const elsewhere = await system.client.get(`/v1/parcels?limit=5&status=sent&cursor=${encodeURIComponent(cursor)}`, {
      token,
    });

    expect([changed.status, elsewhere.status]).toEqual([400, 400]);
  });
});

describe('what has a version', () => {
  it('is not sent again to somebody who has it', async () => {
    const parcel = await system.client.get(`/v1/parcels/${ids[0]}`, { token });
    const etag = parcel.headers.get('etag') ?? '';

    const again = await system.client.get(`/v1/parcels/${ids[0]}`, { token, headers: { 'if-none-match': etag } });

    expect(etag).not.toBe('');
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
  });

  it('is changed only by somebody who knows its latest state', async () => {
    const sent = await sendParcel(system.client, { token });
    const path = `/v1/parcels/${sent.body.data.id}/cancel`;
    const etag = sent.headers.get('etag') ?? '';

    const stale = await system.client.post(path, undefined, { token, headers: { 'if-match': '"0"' } });
    const cancelled = await system.client.post(path, undefined, { token, headers: { 'if-match': etag } });
    const late = await system.client.post(path, undefined, { token, headers: { 'if-match': etag } });

    expect([stale.status, cancelled.status, late.status]).toEqual([412, 200, 412]);
    expect(cancelled.body.data.status).toBe('cancelled');
    expect(cancelled.headers.get('etag')).not.toBe(etag);
  });
});
