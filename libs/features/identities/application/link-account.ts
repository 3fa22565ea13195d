import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/ids.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { type ExternalAccount, type Identity, link } from '../domain/identity.js';
import { IdentitiesRepository } from './identities.repository.js';

/** Lets an external account sign a user in from now on. */
@Injectable()
export class LinkAccount {
  constructor(
    private readonly transaction: Transaction,
    private readonly identities: IdentitiesRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws IdentityLinkedElsewhere when it is linked already */
  execute(account: ExternalAccount, userId: string): Promise<Identity> {
    const identity = link(account, userId, newId(), this.clock.now());
    return this.transaction.run(async () => {
      await this.identities.add(identity);
      await this.audit.record({ type: 'identity.linked', actorId: userId, subjectId: identity.id, details: { issuer: account.issuer } });
      return identity;
    });
  }
}
