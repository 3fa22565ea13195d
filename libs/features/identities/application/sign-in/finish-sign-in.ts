import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { AppError } from '#platform/kernel/errors/app-error.js';
import { newId } from '#platform/kernel/values/ids.js';
import { OidcStateInvalid } from '../../domain/identity.errors.js';
import { confirmSignIn, isExpired, type SignInAttempt } from '../../domain/sign-in.js';
import { IdentityProviders } from '../identity-providers.js';
import { SpentProofs } from './id-token/spent-proofs.js';
import { SignInCipher } from './sign-in-cipher.js';

/** What the browser brings back from the provider. `query` is all of it, `state` the part that is ours. */
export type ProviderAnswer = Readonly<{ provider: string; query: string; state: string; browser: string }>;

export type Outcome = Readonly<{ redirectUri: string; code: string } | { redirectUri: string; error: AppError }>;

/** Nobody is signed in here: the browser gets a code, and only the client that began can make something of it. */
@Injectable()
export class FinishSignIn {
  constructor(
    private readonly cipher: SignInCipher,
    private readonly spentProofs: SpentProofs,
    private readonly providers: IdentityProviders,
    private readonly clock: Clock,
  ) {}

  /** @throws OidcStateInvalid, when there is no trustworthy address to send the browser to */
  async execute(answer: ProviderAnswer): Promise<Outcome> {
    const attempt = await this.takeAttempt(answer);
    try {
      return { redirectUri: attempt.redirectUri, code: await this.confirm(attempt, answer) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { redirectUri: attempt.redirectUri, error };
    }
  }

  private async takeAttempt({ state, browser, provider }: ProviderAnswer): Promise<SignInAttempt> {
    const attempt = this.cipher.decryptAttempt(state, browser);
    // Each provider answers at an address of its own: one cannot pass its answer off as another's (RFC 9700, section 4.4).
    if (attempt?.provider !== provider || isExpired(attempt, this.clock.now())) throw new OidcStateInvalid();
    if (!(await this.spentProofs.spend(state, attempt.expiresAt))) throw new OidcStateInvalid();
    return attempt;
  }

  private async confirm(attempt: SignInAttempt, { query, state, browser }: ProviderAnswer): Promise<string> {
    const checks = { state, ...this.cipher.checksFor(attempt, browser) };
    const account = await this.providers.redeem(attempt.provider, query, checks);
    return this.cipher.encryptCode(confirmSignIn(attempt, account, newId(), this.clock.now()));
  }
}
