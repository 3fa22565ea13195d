import { Injectable } from '@nestjs/common';
import { BeginSession, EmailTaken, UserNotFound } from '#features/accounts/index.js';
import type { SessionClient, SessionTokens } from '#platform/kernel/access/user-sessions.js';
import { AppError } from '#platform/kernel/errors/app-error.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { IdentityLinkedElsewhere, SignInContended } from '../../domain/identity.errors.js';
import type { ExternalAccount } from '../../domain/identity.js';
import { FindOrLinkUser } from './find-or-link-user.js';

/**
 * Two others may come first: somebody who deletes the account, and another first sign-in of the same person.
 * Each has committed by then, so the next attempt finds what they did.
 */
const MOST_LOST_RACES = 2;

/** From a proven external account to a session, however it was proved. */
@Injectable()
export class SignIn {
  constructor(
    private readonly transaction: Transaction,
    private readonly findOrLinkUser: FindOrLinkUser,
    private readonly beginSession: BeginSession,
  ) {}

  /** @throws IdentityNotLinked, AccountDisabled, SignInContended */
  async execute(account: ExternalAccount, client: SessionClient): Promise<SessionTokens> {
    for (let races = 0; ; races++) {
      try {
        return await this.attempt(account, client);
      } catch (error) {
        if (!isLostRace(error)) throw error;
        if (races === MOST_LOST_RACES) throw new SignInContended(undefined, { retryAfterSeconds: 1, cause: error });
      }
    }
  }

  private attempt(account: ExternalAccount, client: SessionClient): Promise<SessionTokens> {
    return this.transaction.run(async () =>
      this.beginSession.execute(await this.findOrLinkUser.execute(account), client),
    );
  }
}

const LOST_RACES: readonly unknown[] = [IdentityLinkedElsewhere, EmailTaken, UserNotFound].map(
  ({ definition }) => definition,
);

const isLostRace = (error: unknown): boolean => error instanceof AppError && LOST_RACES.includes(error.definition);
