import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '#platform/testing/system/people.js';
import { start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { parcelEffects } from './parcel-effects.ts';
import { sendMany } from './send-many.ts';

const PARCELS = 500;
/** Jobs of a killed worker are taken up within ten seconds; the rest is the work itself, on a busy machine. */
const PATIENCE_MS = 60_000;

let system: System;
beforeAll(async () => {
  system = await startSystem(withParcels);
});
afterAll(() => system.stop());

describe('kill -9 of the worker', () => {
  it('leaves every parcel delivered exactly once, and no mail sent more often than there were kills and one', async () => {
    const { email, token } = await signUp(system);
    const effects = () => parcelEffects(String(system.env.DATABASE_URL), email);
    await system.worker.stop();
    await sendMany(system.client, token, PARCELS);

    let worker = await start('worker', system.env);
    const killAt = [0.2, 0.6];
    for (const share of killAt) {
      await eventually(async () => expect((await effects()).delivered).toBeGreaterThan(PARCELS * share), PATIENCE_MS);
      worker.signal('SIGKILL');
      await worker.exited;
      worker = await start('worker', system.env);
    }
    await eventually(
      async () => expect(await effects()).toMatchObject({ delivered: PARCELS, openJobs: 0 }),
      PATIENCE_MS,
    );
    await worker.stop();

    expect(await effects()).toEqual({
      parcels: PARCELS,
      delivered: PARCELS,
      changedTwice: 0,
      openJobs: 0,
      deadLetters: 0,
    });
    const confirmations = system.mailbox.all().filter(({ to, subject }) => to === email && /parcel/i.test(subject));
    const copies = Map.groupBy(confirmations, ({ messageId }) => messageId);
    expect(copies.size).toBe(PARCELS);
    expect(Math.max(...[...copies.values()].map((mails) => mails.length))).toBeLessThanOrEqual(1 + killAt.length);
  });
});
