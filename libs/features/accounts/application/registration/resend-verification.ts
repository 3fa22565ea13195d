import { Injectable } from '@nestjs/common';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { newId } from '#platform/kernel/values/ids.js';
import { renewRegistration } from '../account.jobs.js';
import { RegistrationsRepository } from './registrations.repository.js';

@Injectable()
export class ResendVerification {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly jobs: Jobs,
  ) {}

  async execute(email: string): Promise<void> {
    const registration = await this.registrations.findLatest(email);
    // For an address that nobody registered a job that finds nothing: the same work, so that time does not tell.
    await this.jobs.enqueue(renewRegistration, { registrationId: registration?.id ?? newId() });
  }
}
