import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { newId } from '#platform/kernel/values/ids.js';
import type { Locale } from '#platform/kernel/values/locales.js';
import { register } from '../../domain/registration.js';
import { sendVerificationEmail } from '../account.jobs.js';
import { NewPasswords } from '../passwords/new-passwords.js';
import { RegistrationsRepository } from './registrations.repository.js';

export type RegisterInput = Readonly<{
  email: string;
  password: string;
  name?: string | null | undefined;
  locale?: Locale | null;
}>;

/**
 * Runs the same statements whether or not the address has an account, so that neither answer nor time tells.
 * The job looks, and tells the owner of the mailbox.
 */
@Injectable()
export class Register {
  constructor(
    private readonly newPasswords: NewPasswords,
    private readonly registrations: RegistrationsRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async execute({ email, password, name = null, locale = null }: RegisterInput): Promise<void> {
    const passwordHash = await this.newPasswords.hashComparably(password, email);
    const registration = register({ email, name, locale, passwordHash }, newId(), this.clock.now());

    // No transaction: until the answer is sent nothing is promised, and a registration without a mail just expires.
    await this.registrations.add(registration);
    await this.jobs.enqueue(sendVerificationEmail, { registrationId: registration.id });
  }
}
