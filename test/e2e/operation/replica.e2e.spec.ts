import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithStandby, type PostgresPair, startPostgresPair } from '#platform/testing/servers/standby.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { type Person, signUp } from '#platform/testing/system/people.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { sendParcel } from '../../parcels.ts';

describeWithStandby('a system with a streaming standby, and two API processes', () => {
  let pair: PostgresPair;
  let system: System;
  let other: Program;
  let person: Person;
  beforeAll(async () => {
    pair = await startPostgresPair();
    system = await startSystem({
      ...withParcels,
      DATABASE_URL: pair.primary,
      DATABASE_REPLICA_URL: pair.standby,
      DATABASE_REPLICA_MAX_LAG: '3000',
    });
    other = await start('api', { ...system.env, API_PORT: undefined, ...withParcels });
    person = await signUp(system);
  });
  afterAll(async () => {
    await Promise.all([system?.stop(), other?.stop()]);
    await pair.stop();
  });

  const list = (url: string) => new ApiClient(url).get('/v1/parcels', { token: person.token });
  const ready = async () => (await new ApiClient(other.url).get('/health/ready')).body;

  it('lists what a standby has', async () => {
    await eventually(async () => {
      expect((await list(other.url)).status).toBe(200);
      expect(await pair.askedOfStandby()).toContainEqual(expect.stringContaining('FROM parcels WHERE sender_id'));
    });
    expect(await ready()).toMatchObject({ status: 'ok', checks: { database: { status: 'up' } } });
  });

  it('shows people what they have just done, whichever process they ask, though the standby does not know of it', async () => {
    await pair.holdBack();

    const sent = await sendParcel(system.client, { token: person.token });
    const lists = await Promise.all([list(other.url), list(system.api.url), list(other.url)]);
    await pair.catchUp();

    for (const { body } of lists) expect(body.data.map(({ id }: { id: string }) => id)).toContain(sent.body.data.id);
  });

  it('lists all the same when the standby is gone, says so, and stays ready', async () => {
    await pair.endStandby();

    expect((await list(other.url)).status).toBe(200);
    await eventually(async () =>
      expect(await ready()).toMatchObject({
        status: 'degraded',
        checks: { database: { status: 'degraded', code: 'REPLICA_UNAVAILABLE' } },
      }),
    );
  });
});
