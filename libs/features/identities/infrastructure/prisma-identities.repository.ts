import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { violatedIndex } from '#platform/database/failures/constraint-violation.js';
import type { IdentitiesRepository } from '../application/identities.repository.js';
import { IdentityLinkedElsewhere } from '../domain/identity.errors.js';
import type { ExternalAccount, Identity } from '../domain/identity.js';

@Injectable()
export class PrismaIdentitiesRepository implements IdentitiesRepository {
  constructor(private readonly database: Database) {}

  async add(identity: Identity): Promise<void> {
    try {
      await this.database.client.identity.create({ data: identity });
    } catch (error) {
      if (violatedIndex(error) === 'identities_issuer_subject') throw new IdentityLinkedElsewhere();
      throw error;
    }
  }

  find({ issuer, subject }: Pick<ExternalAccount, 'issuer' | 'subject'>): Promise<Identity | null> {
    return this.database.client.identity.findFirst({ where: { issuer, subject } });
  }

  listOf(userId: string): Promise<Identity[]> {
    return this.database.client.identity.findMany({ where: { userId }, orderBy: { id: 'asc' } });
  }

  async remove(id: string): Promise<void> {
    await this.database.client.identity.deleteMany({ where: { id } });
  }
}
