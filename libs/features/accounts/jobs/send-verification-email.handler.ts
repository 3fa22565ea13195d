import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { type RegistrationJobPayload, sendVerificationEmail } from '../application/account.jobs.js';
import { AccountMailer } from '../application/account-mailer.js';
import { AccountsRepository } from '../application/accounts.repository.js';
import { RegistrationsRepository } from '../application/registration/registrations.repository.js';
import { anHourBefore, isExpired, MOST_MAILS_AN_HOUR } from '../domain/registration.js';

@Injectable()
export class SendVerificationEmailHandler implements JobHandler<RegistrationJobPayload> {
  readonly job = sendVerificationEmail;

  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly accounts: AccountsRepository,
    private readonly mailer: AccountMailer,
    private readonly clock: Clock,
  ) {}

  async handle({ registrationId }: RegistrationJobPayload, { id }: JobContext): Promise<void> {
    const registration = await this.registrations.findById(registrationId);

    // Confirmed meanwhile; never there, when somebody asked for another mail to an address that nobody registered; or too old to be confirmed.
    if (registration === null || isExpired(registration, this.clock.now())) return;
    if ((await this.registrations.countBefore(registration, anHourBefore(registration))) >= MOST_MAILS_AN_HOUR) return;

    const user = await this.accounts.findByEmail(registration.email);
    await (user
      ? this.mailer.sendAlreadyRegistered(user, id)
      : this.mailer.sendVerification(registration, registrationId, id));
  }
}
