import { Injectable } from '@nestjs/common';
import { type Admitted, HoldAccount } from '#features/users/index.js';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/ids.js';
import { type ExternalAccount, type Identity, link } from '../domain/identity.js';
import { AfterIdentityChange } from './after-identity-change.js';
import { IdentitiesRepository } from './identities.repository.js';

/** Lets an external account sign a user in from now on. */
@Injectable()
export class LinkAccount {
  constructor(
    private readonly holdAccount: HoldAccount,
    private readonly identities: IdentitiesRepository,
    private readonly afterChange: AfterIdentityChange,
    private readonly clock: Clock,
  ) {}

  /** Held meanwhile, so that nothing is linked to a user who is being deleted. @throws IdentityLinkedElsewhere when it is linked already, UserNotFound */
  execute(account: ExternalAccount, { userId, isNew }: Admitted): Promise<Identity> {
    const identity = link(account, userId, newId(), this.clock.now());
    return this.holdAccount.execute(userId, async () => {
      await this.identities.add(identity);
      await this.afterChange.execute(identity, 'linked', isNew);
      return identity;
    });
  }
}
