import { Injectable } from '@nestjs/common';
import { WithLockedUser } from '#features/accounts/index.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { IdentityNotFound } from '../../domain/identity.errors.js';
import { requireAnotherWayIn } from '../../domain/identity.js';
import { AfterIdentityChange } from '../after-identity-change.js';
import { IdentitiesRepository } from '../identities.repository.js';
import { IdentityProviders } from '../identity-providers.js';

@Injectable()
export class UnlinkIdentity {
  constructor(
    private readonly withLockedUser: WithLockedUser,
    private readonly identities: IdentitiesRepository,
    private readonly providers: IdentityProviders,
    private readonly afterChange: AfterIdentityChange,
  ) {}

  /** Locks the user, so that of two identities unlinked at the same moment one stays. @throws IdentityNotFound, LastSignInMethod */
  async execute(principal: Principal, id: string): Promise<void> {
    await this.withLockedUser.execute(principal.id, async ({ hasPassword }) => {
      const identities = await this.identities.listOf(principal.id);
      const identity = identities.find((one) => one.id === id);
      if (!identity) throw new IdentityNotFound();

      const usableIdentities = identities.filter(({ issuer }) => this.providers.idOf(issuer) !== null);
      requireAnotherWayIn(identity, { hasPassword, usableIdentities });
      await this.identities.remove(id);
      await this.afterChange.execute(identity, 'unlinked');
    });
  }
}
