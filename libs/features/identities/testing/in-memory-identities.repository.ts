import type { IdentitiesRepository } from '../application/identities.repository.js';
import { IdentityLinkedElsewhere } from '../domain/identity.errors.js';
import type { ExternalAccount, Identity } from '../domain/identity.js';

type Key = Pick<ExternalAccount, 'issuer' | 'subject'>;

export class InMemoryIdentitiesRepository implements IdentitiesRepository {
  private readonly byId = new Map<string, Identity>();

  async add(identity: Identity): Promise<void> {
    if (this.linked(identity)) throw new IdentityLinkedElsewhere();
    this.byId.set(identity.id, identity);
  }

  async find(account: Key): Promise<Identity | null> {
    return this.linked(account) ?? null;
  }

  async listOf(userId: string): Promise<Identity[]> {
    return [...this.byId.values()]
      .filter((identity) => identity.userId === userId)
      .sort((a, b) => a.id.localeCompare(b.id));
  }

  async remove(id: string): Promise<void> {
    this.byId.delete(id);
  }

  private linked({ issuer, subject }: Key): Identity | undefined {
    return [...this.byId.values()].find((identity) => identity.issuer === issuer && identity.subject === subject);
  }
}
