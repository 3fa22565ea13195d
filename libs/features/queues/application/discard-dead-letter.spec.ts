import { expect, it } from 'vitest';
import { DeadLetterNotFound } from '#platform/jobs/outbox/sql-dead-letters.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { aDeadLetter, InMemoryDeadLetters } from '../testing/in-memory-dead-letters.js';
import { DiscardDeadLetter } from './discard-dead-letter.js';

function setup() {
  const letter = aDeadLetter();
  const [deadLetters, audit] = [new InMemoryDeadLetters(letter), new RecordedAudit()];
  return { letter, deadLetters, audit, discard: new DiscardDeadLetter(deadLetters, new ImmediateTransaction(), audit) };
}

it('discards a dead letter without replaying it, on record', async () => {
  const { letter, deadLetters, audit, discard } = setup();

  await discard.execute(letter.id);

  expect((await deadLetters.list({ limit: 10, after: null })).items).toEqual([]);
  expect(deadLetters.replayed).toEqual([]);
  expect(audit.recorded).toEqual([{ type: 'dead-letter.discarded', subjectId: letter.id }]);
});

it('puts nothing on record when there is no such dead letter', async () => {
  const { audit, discard } = setup();

  await expect(discard.execute(newId())).rejects.toThrow(DeadLetterNotFound);
  expect(audit.recorded).toEqual([]);
});
