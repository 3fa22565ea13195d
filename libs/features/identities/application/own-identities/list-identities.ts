import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import type { Identity } from '../../domain/identity.js';
import { IdentitiesRepository } from '../identities.repository.js';
import { IdentityProviders } from '../identity-providers.js';

/** `provider` is null when nobody can sign in there any more. */
export type ListedIdentity = Identity & Readonly<{ provider: string | null }>;

@Injectable()
export class ListIdentities {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly providers: IdentityProviders,
  ) {}

  async execute(principal: Principal): Promise<ListedIdentity[]> {
    const identities = await this.identities.listOf(principal.id);
    return identities.map((identity) => ({ ...identity, provider: this.providers.idOf(identity.issuer) }));
  }
}
