import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '#platform/testing/test-database.js';
import type { Upload } from '../domain/upload.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { anUpload } from '../testing/upload.factory.js';
import { SqlAbandonedUploads } from './sql-abandoned-uploads.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const abandoned = new SqlAbandonedUploads(database);
const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

async function stored(overrides: Partial<Upload>): Promise<string> {
  const upload = anUpload({ userId: await aStoredUserId(database), ...overrides });
  await database.client.upload.create({ data: { ...upload, updatedAt: upload.createdAt } });
  return upload.id;
}

const statusOf = (id: string) =>
  database.client.upload.findUnique({ where: { id }, select: { status: true, reason: true, formEndsAt: true } });

describe('what is swept', () => {
  it('was never confirmed, or deleted a day ago; and nothing else is', async () => {
    const expected = [
      await stored({ formEndsAt: minutesAgo(61) }),
      await stored({ status: 'ready', deletedAt: minutesAgo(1_441), formEndsAt: null }),
    ];
    await stored({ formEndsAt: minutesAgo(59) });
    await stored({ status: 'ready', formEndsAt: minutesAgo(61) });
    await stored({ status: 'processing', formEndsAt: minutesAgo(61) });
    await stored({ status: 'ready', deletedAt: minutesAgo(1_439), formEndsAt: null });

    expect((await abandoned.remove()).toSorted()).toEqual(expected.toSorted());
    expect(await abandoned.remove()).toEqual([]);
  });

  it('came by a form that has ended, once', async () => {
    const over = await stored({ status: 'ready', formEndsAt: minutesAgo(61) });
    const open = await stored({ status: 'ready', formEndsAt: minutesAgo(59) });

    const closed = await abandoned.closeForms();

    expect([closed.includes(over), closed.includes(open)]).toEqual([true, false]);
    expect(await abandoned.closeForms()).not.toContain(over);
    expect((await statusOf(over))?.formEndsAt).toBeNull();
  });

  it('is rejected when its processing came to no end in a day', async () => {
    const stuck = await stored({ status: 'processing', formEndsAt: minutesAgo(1_441) });
    const busy = await stored({ status: 'processing', formEndsAt: minutesAgo(1_439) });

    await abandoned.giveUp();

    expect(await statusOf(stuck)).toMatchObject({ status: 'rejected', reason: 'PROCESSING_FAILED' });
    expect(await statusOf(busy)).toMatchObject({ status: 'processing', reason: null });
  });
});
