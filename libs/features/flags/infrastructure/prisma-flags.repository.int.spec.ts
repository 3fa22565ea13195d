import { afterAll } from 'vitest';
import { testDatabase } from '#platform/testing/test-database.js';
import { describeFlagsRepository } from '../testing/flags.repository.contract.js';
import type { FlagNews } from './flag-news.js';
import { PrismaFlagsRepository } from './prisma-flags.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const news = { tell: () => undefined } as FlagNews;

describeFlagsRepository('PrismaFlagsRepository', () => ({ flags: new PrismaFlagsRepository(database, news) }));
