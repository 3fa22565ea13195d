import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { type JobContext, type JobHandler, Jobs } from '#platform/kernel/jobs/jobs.js';
import { type RegistrationJobPayload, renewRegistration, sendVerificationEmail } from '../application/account.jobs.js';
import { RegistrationsRepository } from '../application/registration/registrations.repository.js';
import { renew } from '../domain/registration.js';

/** Another mail, with a link of its own that works for as long as the first one did. */
@Injectable()
export class RenewRegistrationHandler implements JobHandler<RegistrationJobPayload> {
  readonly job = renewRegistration;

  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async handle({ registrationId }: RegistrationJobPayload, { id }: JobContext): Promise<void> {
    const registration = await this.registrations.findById(registrationId);
    if (registration === null) return;

    await this.registrations.renew(registration.email, renew(id, this.clock.now()));
    await this.jobs.enqueue(sendVerificationEmail, { registrationId: id });
  }
}
