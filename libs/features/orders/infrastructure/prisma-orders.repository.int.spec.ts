import { afterAll } from '@jest/globals';
import { testDatabase } from '#platform/testing/test-database.js';
import { describeOrdersRepository } from '../testing/orders.repository.contract.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { PrismaOrdersRepository } from './prisma-orders.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

describeOrdersRepository('PrismaOrdersRepository', () => ({
  orders: new PrismaOrdersRepository(database),
  aUserId: () => aStoredUserId(database),
}));
