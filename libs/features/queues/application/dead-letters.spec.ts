import { describe, expect, it } from '@jest/globals';
import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';
import type { DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { newId } from '#platform/kernel/values/ids.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { DiscardDeadLetter } from './discard-dead-letter.js';
import { ListDeadLetters } from './list-dead-letters.js';
import { ReplayDeadLetter } from './replay-dead-letter.js';

const aHolderOf = (...permissions: string[]): Principal => ({
  id: newId(),
  kind: 'user',
  sessionId: newId(),
  permissions: new Set(permissions),
});

function setup() {
  const done: string[] = [];
  const store: DeadLetters = {
    list: async () => ({ items: [], next: null }),
    replay: async (id) => void done.push(`replayed ${id}`),
    discard: async (id) => void done.push(`discarded ${id}`),
  };
  const audit = new RecordedAudit();
  const transaction = { run: <T>(work: () => Promise<T>) => work() };
  return {
    done,
    audit,
    list: new ListDeadLetters(store),
    replay: new ReplayDeadLetter(store, transaction, audit),
    discard: new DiscardDeadLetter(store, transaction, audit),
  };
}

describe('a dead letter', () => {
  it('is replayed or discarded on record', async () => {
    const { replay, discard, done, audit } = setup();
    const keeper = aHolderOf('queues:write');

    await replay.execute(keeper, 'first');
    await discard.execute(keeper, 'second');

    expect(done).toEqual(['replayed first', 'discarded second']);
    expect(audit.recorded).toEqual([
      { type: 'dead-letter.replayed', subjectId: 'first' },
      { type: 'dead-letter.discarded', subjectId: 'second' },
    ]);
  });

  it('is the affair of those who may look after queues', async () => {
    const { list, replay, discard } = setup();

    await expect(list.execute(aHolderOf('queues:write'), undefined, { limit: 1, after: null })).rejects.toThrow(
      PermissionDenied,
    );
    await expect(replay.execute(aHolderOf('queues:read'), 'x')).rejects.toThrow(PermissionDenied);
    await expect(discard.execute(aHolderOf('queues:read'), 'x')).rejects.toThrow(PermissionDenied);
  });
});
