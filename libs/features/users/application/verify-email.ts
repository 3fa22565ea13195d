import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/ids.js';
import { requireCurrent } from '../domain/registration.js';
import { admit } from '../domain/user.js';
import { EmailTokenInvalid } from '../domain/user.errors.js';
import { EmailTokens } from './email-tokens.js';
import { RegistrationsRepository } from './registrations.repository.js';

/** Whoever opens the mailed link owns the address: the registration becomes an account. */
@Injectable()
export class VerifyEmail {
  constructor(
    private readonly emailTokens: EmailTokens,
    private readonly registrations: RegistrationsRepository,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<void> {
    const registrationId = this.emailTokens.open(token);
    if (registrationId === null) throw new EmailTokenInvalid();

    const now = this.clock.now();
    await this.registrations.confirm(registrationId, (registration) => {
      requireCurrent(registration, now);
      return admit(registration, newId(), now);
    });
  }
}
