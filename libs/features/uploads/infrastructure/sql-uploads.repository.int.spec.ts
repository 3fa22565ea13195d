import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '#platform/testing/test-database.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { anUpload } from '../testing/upload.factory.js';
import { describeUploadsRepository } from '../testing/uploads.repository.contract.js';
import { SqlUploadsRepository } from './sql-uploads.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const uploads = new SqlUploadsRepository(database);
describeUploadsRepository('SqlUploadsRepository', () => ({ uploads, aUserId: () => aStoredUserId(database) }));

describe('the room of a user', () => {
  it('is not exceeded by many that are declared at once', async () => {
    const userId = await aStoredUserId(database);

    const added = await Promise.allSettled(
      Array.from({ length: 8 }, () => uploads.add(anUpload({ userId, size: 400 }), 1_000)),
    );

    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });
});
