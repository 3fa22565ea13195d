import { Injectable } from '@nestjs/common';
import { Transaction } from '#platform/kernel/transaction.js';
import { EmailTokenInvalid } from '../../domain/user.errors.js';
import { EmailTokens } from './email-tokens.js';
import { OpenAccount } from './open-account.js';
import { RegistrationsRepository } from './registrations.repository.js';

/** Opening the mailed link proves that one owns the address: the registration becomes an account. */
@Injectable()
export class VerifyEmail {
  constructor(
    private readonly emailTokens: EmailTokens,
    private readonly transaction: Transaction,
    private readonly registrations: RegistrationsRepository,
    private readonly openAccount: OpenAccount,
  ) {}

  /** What fails leaves every registration as it is. @throws EmailTokenInvalid, EmailTaken */
  async execute(token: string): Promise<void> {
    const registrationId = this.emailTokens.verify(token);
    if (registrationId === null) throw new EmailTokenInvalid();

    await this.transaction.run(async () => this.openAccount.execute(await this.registrations.take(registrationId)));
  }
}
