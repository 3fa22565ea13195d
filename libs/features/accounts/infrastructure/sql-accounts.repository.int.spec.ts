import { afterAll } from '@jest/globals';
import { testDatabase } from '#platform/testing/test-database.js';
import type { Account } from '../domain/account.js';
import { describeAccountsRepository } from '../testing/accounts.repository.contract.js';
import { SqlAccountsRepository } from './sql-accounts.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const add = ({ roles, ...account }: Account) =>
  database.client.user.create({ data: { ...account, roles: { create: roles.map((roleName) => ({ roleName })) } } });

describeAccountsRepository('SqlAccountsRepository', (clock) => ({ accounts: new SqlAccountsRepository(database, clock), add }));
