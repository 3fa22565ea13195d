import { expect, it } from 'vitest';
import { DeadLetterNotFound } from '#platform/jobs/outbox/sql-dead-letters.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { aDeadLetter, InMemoryDeadLetters } from '../testing/in-memory-dead-letters.js';
import { ReplayDeadLetter } from './replay-dead-letter.js';

function setup() {
  const letter = aDeadLetter();
  const [deadLetters, audit] = [new InMemoryDeadLetters(letter), new RecordedAudit()];
  return { letter, deadLetters, audit, replay: new ReplayDeadLetter(deadLetters, new ImmediateTransaction(), audit) };
}

it('replays a dead letter, on record', async () => {
  const { letter, deadLetters, audit, replay } = setup();

  await replay.execute(letter.id);

  expect(deadLetters.replayed).toEqual([letter.id]);
  expect(audit.recorded).toEqual([{ type: 'dead-letter.replayed', subjectId: letter.id }]);
});

it('puts nothing on record when there is no such dead letter', async () => {
  const { audit, replay } = setup();

  await expect(replay.execute(newId())).rejects.toThrow(DeadLetterNotFound);
  expect(audit.recorded).toEqual([]);
});
