import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { IdentityLinkedElsewhere } from '../../domain/identity.errors.js';
import type { ExternalAccount } from '../../domain/identity.js';
import { AddIdentity } from '../add-identity.js';
import { IdentitiesRepository } from '../identities.repository.js';
import { IdentityProviders } from '../identity-providers.js';
import type { ListedIdentity } from './list-identities.js';

/** Gives the signed-in user another way in. That the external account is theirs is shown before, by a code or an id_token. */
@Injectable()
export class LinkIdentity {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly addIdentity: AddIdentity,
    private readonly providers: IdentityProviders,
  ) {}

  /**
   * What is linked already stays as it is. The route has asked for a recent sign-in: an external account opens this one for good.
   * @throws IdentityLinkedElsewhere, UserNotFound
   */
  async execute(principal: Principal, account: ExternalAccount): Promise<ListedIdentity> {
    const known = await this.identities.find(account);
    if (known && known.userId !== principal.id) throw new IdentityLinkedElsewhere();

    const identity = known ?? (await this.addIdentity.execute(account, { userId: principal.id, isNew: false }));
    return { ...identity, provider: this.providers.idOf(identity.issuer) };
  }
}
