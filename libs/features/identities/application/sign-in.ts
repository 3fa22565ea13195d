import { Injectable } from '@nestjs/common';
import { BeginSession, EmailTaken, type SessionClient, type SessionTokens } from '#features/users/index.js';
import { AppError } from '#platform/kernel/app-error.js';
import { Transaction } from '#platform/kernel/transaction.js';
import type { ExternalAccount } from '../domain/identity.js';
import { IdentityLinkedElsewhere } from '../domain/identity.errors.js';
import { FindOrLinkUser } from './find-or-link-user.js';

/** From a proven external account to a session, however it was proved. */
@Injectable()
export class SignIn {
  constructor(
    private readonly transaction: Transaction,
    private readonly findOrLinkUser: FindOrLinkUser,
    private readonly beginSession: BeginSession,
  ) {}

  /** @throws IdentityNotLinked, AccountDisabled; EmailTaken when the address is that of an account that was deleted */
  async execute(account: ExternalAccount, client: SessionClient): Promise<SessionTokens> {
    try {
      return await this.attempt(account, client);
    } catch (error) {
      // Two first sign-ins of one person at once: the other one has committed, and this one finds what it left.
      if (!isLostRace(error)) throw error;
      return this.attempt(account, client);
    }
  }

  private attempt(account: ExternalAccount, client: SessionClient): Promise<SessionTokens> {
    return this.transaction.run(async () => this.beginSession.execute(await this.findOrLinkUser.execute(account), client));
  }
}

const isLostRace = (error: unknown): boolean =>
  error instanceof AppError && (error.definition === IdentityLinkedElsewhere.definition || error.definition === EmailTaken.definition);
