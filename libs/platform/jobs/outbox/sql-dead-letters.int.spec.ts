import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { newId } from '../../kernel/values/ids.js';
import { aRecordingWorker, fail, type RecordingWorker, record } from '../testing/recording-worker.js';
import { DeadLetterNotFound } from './sql-dead-letters.js';

const workers: RecordingWorker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

async function setup() {
  const worker = await aRecordingWorker();
  workers.push(worker);
  const addOne = async () => {
    const job = await worker.enqueueOne(record);
    await worker.deadLetters.add(job.id, 8, 'Error: no');
    return job;
  };
  const whenDead = (id: string) =>
    eventually(async () => {
      const letter = await worker.deadLetter(id);
      if (!letter) throw new Error('There is no dead letter yet.');
      return letter;
    });
  return { ...worker, addOne, whenDead };
}

describe('a job that cannot be done', () => {
  it('becomes a dead letter after its attempts, with nothing secret in it', async () => {
    const { start, enqueueOne, whenDead, runsFor, effects, log } = await setup();
    await start();

    const { key, id } = await enqueueOne(fail);
    const letter = await whenDead(id);

    expect(letter).toMatchObject({ name: 'tests.fail', attempts: 2, payload: { key } });
    expect(letter.error).toBe('Error: the password of [redacted] is wrong');
    expect(runsFor(key)).toHaveLength(2);
    expect(await effects(key)).toBe(0);
    const line = { level: 'error', job: 'tests.fail', outcome: 'dead', attempt: 2 };
    await eventually(() => expect(log.lines).toContainEqual(expect.objectContaining(line)));
    expect(log.text).not.toContain('ada@example.test');
  });

  it('becomes a dead letter at once when its payload is unreadable', async () => {
    const { start, database, whenDead } = await setup();
    const id = newId();
    await database.query(
      { name: 'tests.poison', text: `INSERT INTO jobs (id, name, payload) VALUES ($1, 'tests.record', '{"key": 7}')` },
      [id],
    );

    await start();

    const error = 'UnreadableJob: The payload does not fit: key invalid_type.';
    expect(await whenDead(id)).toMatchObject({ name: 'tests.record', attempts: 1, error, payload: { key: 7 } });
  });
});

describe('a dead letter', () => {
  it('is listed, newest work first, a page at a time', async () => {
    const { addOne, deadLetters } = await setup();
    const [older, newer] = [await addOne(), await addOne()];

    const first = await deadLetters.list({ limit: 1, after: null });
    const second = await deadLetters.list({ limit: 1, after: first.next });

    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([newer.id, older.id]);
  });

  it('is replayed once, under its old id', async () => {
    const { start, addOne, deadLetters, effects, runsFor } = await setup();
    const { key, id } = await addOne();
    await start();

    const replays = await Promise.allSettled(Array.from({ length: 5 }, () => deadLetters.replay(id)));

    expect(replays.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await eventually(async () => expect(await effects(key)).toBe(1));
    expect(runsFor(key)).toMatchObject([{ id, attempt: 1 }]);
    await expect(deadLetters.replay(id)).rejects.toThrow(DeadLetterNotFound);
  });

  it('is gone once it is discarded', async () => {
    const { addOne, deadLetters, deadLetter, openJob } = await setup();
    const { key, id } = await addOne();

    await deadLetters.discard(id);

    expect([await deadLetter(id), await openJob(key)]).toEqual([undefined, undefined]);
    await expect(deadLetters.discard(id)).rejects.toThrow(DeadLetterNotFound);
  });
});
