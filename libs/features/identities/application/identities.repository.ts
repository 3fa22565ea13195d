import type { ExternalAccount, Identity } from '../domain/identity.js';

export abstract class IdentitiesRepository {
  /** @throws IdentityLinkedElsewhere when the external account is linked, also to the same user */
  abstract add(identity: Identity): Promise<void>;

  abstract find(account: Pick<ExternalAccount, 'issuer' | 'subject'>): Promise<Identity | null>;

  /** In the order in which they were linked. */
  abstract listOf(userId: string): Promise<Identity[]>;

  abstract remove(id: string): Promise<void>;
}
