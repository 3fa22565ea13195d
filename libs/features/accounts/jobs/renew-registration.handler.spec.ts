import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { InMemoryRegistrationsRepository } from '../testing/repositories/in-memory-registrations.repository.js';
import { aRegistration, hoursAfterNow, NOW } from '../testing/user.factory.js';
import { RenewRegistrationHandler } from './renew-registration.handler.js';

function setup() {
  const [registrations, jobs] = [new InMemoryRegistrationsRepository(), new RecordedJobs()];
  return { registrations, jobs, handler: new RenewRegistrationHandler(registrations, jobs, new StoppedClock(NOW)) };
}
const aRun = () => ({ id: newId(), attempt: 1, signal: new AbortController().signal });

describe('asking for another mail', () => {
  it('renews the registration under the id of the job, and has it mailed', async () => {
    const { registrations, jobs, handler } = setup();
    const [registration, run] = [aRegistration({ expiresAt: hoursAfterNow(1) }), aRun()];
    await registrations.add(registration);

    await handler.handle({ registrationId: registration.id }, run);

    expect(await registrations.findById(run.id)).toEqual({
      ...registration,
      id: run.id,
      createdAt: NOW,
      expiresAt: hoursAfterNow(72),
    });
    expect(jobs.enqueued).toEqual([{ name: 'users.send-verification-email', payload: { registrationId: run.id } }]);
  });

  it('does nothing for an address that nobody registered', async () => {
    const { registrations, jobs, handler } = setup();

    await handler.handle({ registrationId: newId() }, aRun());

    expect([registrations.all.size, jobs.enqueued]).toEqual([0, []]);
  });
});
