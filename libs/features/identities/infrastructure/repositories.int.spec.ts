import { afterAll } from '@jest/globals';
import { PrismaUsersRepository } from '#features/users/infrastructure/prisma-users.repository.js';
import { aUser } from '#features/users/testing/user.factory.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { describeIdentitiesRepository } from '../testing/identities.repository.contract.js';
import { describeSpentProofs } from '../testing/spent-proofs.contract.js';
import { PrismaIdentitiesRepository } from './prisma-identities.repository.js';
import { SqlSpentProofs } from './sql-spent-proofs.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

async function aUserId(): Promise<string> {
  const user = aUser();
  await new PrismaUsersRepository(database).add(user);
  return user.id;
}

describeIdentitiesRepository('PrismaIdentitiesRepository', () => ({
  identities: new PrismaIdentitiesRepository(database),
  aUserId,
}));
describeSpentProofs('SqlSpentProofs', () => new SqlSpentProofs(database));
