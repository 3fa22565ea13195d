import { Injectable } from '@nestjs/common';
import type { SessionClient, SessionTokens } from '#features/users/index.js';
import { IdTokenInvalid } from '../domain/identity.errors.js';
import { IdentityProviders } from './identity-providers.js';
import { SignIn } from './sign-in.js';
import { SpentProofs } from './spent-proofs.js';

export type IdTokenInput = Readonly<{ provider: string; idToken: string; nonce: string }>;

/** For apps that talk to the provider themselves. */
@Injectable()
export class SignInWithIdToken {
  constructor(
    private readonly providers: IdentityProviders,
    private readonly spentProofs: SpentProofs,
    private readonly signIn: SignIn,
  ) {}

  async execute({ provider, idToken, nonce }: IdTokenInput, client: SessionClient): Promise<SessionTokens> {
    const { account, expiresAt } = await this.providers.verify(provider, idToken, nonce);
    // The nonce was the app's to choose, so it does not tell us a replay: the token itself does.
    if (!(await this.spentProofs.spend(idToken, expiresAt))) throw new IdTokenInvalid();
    return this.signIn.execute(account, client);
  }
}
