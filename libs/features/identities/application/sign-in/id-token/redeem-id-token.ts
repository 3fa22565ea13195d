import { Injectable } from '@nestjs/common';
import { IdTokenInvalid } from '../../../domain/identity.errors.js';
import type { ExternalAccount } from '../../../domain/identity.js';
import { IdentityProviders } from '../../identity-providers.js';
import { SpentProofs } from './spent-proofs.js';

export type IdTokenInput = Readonly<{ provider: string; idToken: string; nonce: string }>;

/** Shows whom an id_token is about, once. For apps that talk to the provider themselves. */
@Injectable()
export class RedeemIdToken {
  constructor(
    private readonly providers: IdentityProviders,
    private readonly spentProofs: SpentProofs,
  ) {}

  /** @throws IdTokenInvalid, OidcProviderNotFound, OidcProviderUnavailable */
  async execute({ provider, idToken, nonce }: IdTokenInput): Promise<ExternalAccount> {
    const { account, expiresAt, signedPart } = await this.providers.verify(provider, idToken, nonce);
    // The app chose the nonce, so a replay brings the right one: only the token itself tells that it was used before.
    if (!(await this.spentProofs.spend(signedPart, expiresAt))) throw new IdTokenInvalid();
    return account;
  }
}
