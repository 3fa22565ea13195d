import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { InMemoryStorage } from '#platform/testing/doubles/in-memory-storage.js';
import { incomingKey, keptKey } from '../domain/upload.js';
import { AbandonedUploads } from './abandoned-uploads.js';
import { SweepUploads } from './sweep-uploads.js';

async function setup(removed: readonly string[], closed: readonly string[]) {
  const storage = new InMemoryStorage();
  for (const id of [...removed, ...closed])
    for (const key of [incomingKey(id), keptKey(id)]) await storage.write(key, Buffer.from('x'));
  const abandoned: AbandonedUploads = {
    giveUp: async () => undefined,
    remove: async () => removed,
    closeForms: async () => closed,
  };
  return { storage, sweep: new SweepUploads(abandoned, storage) };
}

describe('SweepUploads', () => {
  it('removes all files of what is gone, and of the others what their forms brought', async () => {
    const [gone, kept] = [newId(), newId()];
    const { storage, sweep } = await setup([gone], [kept]);

    expect(await sweep.execute()).toBe(false);
    expect([...storage.files.keys()]).toEqual([keptKey(kept)]);
  });

  it('says that there may be more after a whole batch', async () => {
    const many = Array.from({ length: AbandonedUploads.BATCH }, () => newId());

    expect(await (await setup(many, [])).sweep.execute()).toBe(true);
    expect(await (await setup([], many)).sweep.execute()).toBe(true);
  });
});
