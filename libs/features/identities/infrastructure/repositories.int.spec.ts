import { afterAll } from 'vitest';
import { PrismaAccountsRepository } from '#features/accounts/infrastructure/prisma-accounts.repository.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { describeIdentitiesRepository } from '../testing/identities.repository.contract.js';
import { describeSpentProofs } from '../testing/spent-proofs.contract.js';
import { PrismaIdentitiesRepository } from './prisma-identities.repository.js';
import { SqlSpentProofs } from './sql-spent-proofs.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

async function aUserId(): Promise<string> {
  const user = aUser();
  await new PrismaAccountsRepository(database).add(user);
  return user.id;
}

describeIdentitiesRepository('PrismaIdentitiesRepository', () => ({
  identities: new PrismaIdentitiesRepository(database),
  aUserId,
}));
describeSpentProofs('SqlSpentProofs', () => new SqlSpentProofs(database));
