import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/ids.js';
import { Jobs } from '#platform/kernel/jobs.js';
import { renew } from '../domain/registration.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { sendVerificationEmail } from './user.jobs.js';

/** Does the same work for every address: for one that nobody registered there is nothing to renew, and the job finds nothing. */
@Injectable()
export class ResendVerification {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async execute(email: string): Promise<void> {
    const renewal = renew(newId(), this.clock.now());

    await this.registrations.renew(email, renewal);
    await this.jobs.enqueue(sendVerificationEmail, { registrationId: renewal.id });
  }
}
