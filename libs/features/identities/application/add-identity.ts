import { Injectable } from '@nestjs/common';
import { type FoundUser, WithLockedUser } from '#features/accounts/index.js';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/values/ids.js';
import { type ExternalAccount, type Identity, link } from '../domain/identity.js';
import { AfterIdentityChange } from './after-identity-change.js';
import { IdentitiesRepository } from './identities.repository.js';

/** Lets an external account sign a user in from now on. */
@Injectable()
export class AddIdentity {
  constructor(
    private readonly withLockedUser: WithLockedUser,
    private readonly identities: IdentitiesRepository,
    private readonly afterChange: AfterIdentityChange,
    private readonly clock: Clock,
  ) {}

  /** Locks the user, so that nothing is linked to one who is being deleted. @throws IdentityLinkedElsewhere when it is linked already, UserNotFound */
  execute(account: ExternalAccount, { userId, isNew }: FoundUser): Promise<Identity> {
    const identity = link(account, userId, newId(), this.clock.now());
    return this.withLockedUser.execute(userId, async () => {
      await this.identities.add(identity);
      await this.afterChange.execute(identity, 'linked', isNew);
      return identity;
    });
  }
}
