import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { defineError } from '../kernel/errors/app-error.js';
import { OperationEnded, OperationNotFound } from '../kernel/operations/operations.js';
import { newId } from '../kernel/values/ids.js';
import { aWorker as aWorkerOf, count, type OperationWorker, type Situation } from './testing/operation-worker.js';

const Refused = defineError({ kind: 'conflict', code: 'TESTS_REFUSED', title: 'Refused', help: 'Ask for less.' });

const workers: OperationWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});

async function aWorker(situation: Situation = {}): Promise<OperationWorker> {
  const worker = await aWorkerOf(situation);
  workers.push(worker);
  return worker;
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('an operation', () => {
  it('is begun if and only if the transaction commits that asked for it', async () => {
    const { database, operations, owner, find } = await aWorker();
    let id = '';

    const asking = database.transaction(async () => {
      ({ id } = await operations.start(count, owner, { to: 1 }));
      throw new Error('no');
    });

    await expect(asking).rejects.toThrow('no');
    expect(await find(id)).toBeNull();
  });

  it('is done by a worker, and says how far it is and what came of it', async () => {
    const seen: unknown[] = [];
    const worker = await aWorker({
      run: async ({ to }, { report, id }) => {
        for (let step = 1; step <= to; step++) {
          await report((step / to) * 100, { step });
          seen.push(await worker.find(id).then((operation) => [operation?.status, operation?.percent]));
        }
        return { counted: to };
      },
    });
    await worker.start();

    const id = await worker.request(4);

    expect(await worker.whenEnded(id)).toMatchObject({
      status: 'succeeded',
      percent: 100,
      result: { counted: 4 },
      problem: null,
    });
    expect(seen).toEqual([25, 50, 75, 99].map((percent) => ['running', percent]));
    await eventually(() =>
      expect(worker.log.lines).toContainEqual(expect.objectContaining({ operation: count.kind, outcome: 'succeeded' })),
    );
  });

  it('ends together with what its handler does at the end, or not at all', async () => {
    let times = 0;
    const worker = await aWorker({
      finish: async () => {
        await worker.database.client.role.create({ data: { name: `finished-${times}` } });
        if (++times === 1) throw new Error('not yet');
      },
    });
    await worker.start();

    const id = await worker.request();

    expect(await worker.whenEnded(id)).toMatchObject({ status: 'succeeded' });
    const roles = await worker.database.client.role.findMany({ where: { name: { startsWith: 'finished-' } } });
    await worker.database.client.role.deleteMany({ where: { name: { startsWith: 'finished-' } } });
    expect(roles.map(({ name }) => name)).toEqual(['finished-1']);
  });
});

describe('an operation that fails', () => {
  it('is begun again from its checkpoint, and fails for good after so many runs without a new one', async () => {
    const checkpoints: (number | null)[] = [];
    const worker = await aWorker({
      run: async (_input, { checkpoint: last, report }) => {
        checkpoints.push(last?.step ?? null);
        if (last === null) await report(10, { step: 1 });
        throw new Error('the disk is full');
      },
    });
    await worker.start();

    const id = await worker.request();
    await eventually(async () => {
      await worker.database.client.operation.updateMany({
        where: { id, status: 'pending' },
        data: { runAt: new Date() },
      });
      expect((await worker.find(id))?.status).toBe('failed');
    });

    expect(await worker.find(id)).toMatchObject({ problem: { code: 'OPERATION_FAILED' }, result: null });
    expect(checkpoints).toEqual([null, 1, 1, 1]);
    expect(JSON.stringify(await worker.find(id))).not.toContain('disk');
  });

  it('with a reason of its owner has failed at once, and says which', async () => {
    let runs = 0;
    const worker = await aWorker({
      run: async () => {
        runs += 1;
        throw new Refused();
      },
    });
    await worker.start();

    const problem = { code: 'TESTS_REFUSED', title: 'Refused', detail: 'Ask for less.' };
    expect(await worker.whenEnded(await worker.request())).toMatchObject({ status: 'failed', problem });
    expect(runs).toBe(1);
  });

  it('is ended after its time though it takes no notice', async () => {
    const worker = await aWorker({ run: () => new Promise(() => undefined) });
    await worker.start();
    const id = await worker.request();
    await worker.database.client.operation.update({ where: { id }, data: { attempts: 2 } });

    expect(await worker.whenEnded(id)).toMatchObject({ status: 'failed', problem: { code: 'OPERATION_FAILED' } });
  });
});

describe('an operation whose worker is gone', () => {
  it('is taken up by another one where the checkpoint says', async () => {
    const dead = await aWorker();
    const id = await dead.request();
    await dead.database.client.operation.update({
      where: { id },
      data: { status: 'running', run: 1, attempts: 1, leasedUntil: new Date(Date.now() - 1), checkpoint: { step: 2 } },
    });
    const taken: unknown[] = [];
    const worker = await aWorker({
      run: async (_input, { run, checkpoint: last }) => {
        taken.push([run, last]);
        return {};
      },
    });

    await worker.start();

    expect(await worker.whenEnded(id)).toMatchObject({ status: 'succeeded' });
    expect(taken).toEqual([[2, { step: 2 }]]);
  });

  it('is given up when too many workers ended while they were at it', async () => {
    const worker = await aWorker();
    const id = await worker.request();
    await worker.database.client.operation.update({
      where: { id },
      data: { status: 'running', attempts: 3, leasedUntil: new Date(Date.now() - 1) },
    });

    await worker.start();

    expect(await worker.whenEnded(id)).toMatchObject({ status: 'failed', problem: { code: 'OPERATION_FAILED' } });
  });

  it('is not taken while its worker says that it is there, however long it takes', async () => {
    const worker = await aWorker({
      run: async (_input, { signal }) => {
        await eventually(() => expect(performance.now() - startedAt).toBeGreaterThan(1_500));
        signal.throwIfAborted();
        return {};
      },
    });
    const other = await aWorker({ run: () => Promise.reject(new Error('It was taken.')) });
    await worker.start();
    const startedAt = performance.now();
    const id = await worker.request();
    await eventually(async () => expect((await worker.find(id))?.status).toBe('running'));

    await other.start();

    expect(await worker.whenEnded(id)).toMatchObject({ status: 'succeeded' });
    expect((await worker.row(id)).run).toBe(1);
  });

  it('writes nothing any more when it comes back', async () => {
    const reasons: unknown[] = [];
    const worker = await aWorker({
      run: async (_input, { id, signal, report }) => {
        // As if it had slept, and another one had taken it meanwhile.
        await worker.database.client.operation.update({ where: { id }, data: { run: 7, percent: 70 } });
        await report(10, { step: 1 }).catch((error: Error) => reasons.push(error.name));
        reasons.push((signal.reason as Error).name);
        return { counted: 0 };
      },
    });
    await worker.start();

    const id = await worker.request();

    await eventually(() => expect(worker.log.lines).toContainEqual(expect.objectContaining({ outcome: 'lost' })));
    expect(await worker.find(id)).toMatchObject({ status: 'running', percent: 70, result: null });
    expect(reasons).toEqual(['LeaseLost', 'LeaseLost']);
    await worker.database.client.operation.delete({ where: { id } });
  });

  it('is handed back when the worker has to stop, and that is no failed attempt', async () => {
    const worker = await aWorker({ run: (_input, { signal }) => aborted(signal) });
    await worker.start();
    const id = await worker.request();
    await eventually(async () => expect((await worker.find(id))?.status).toBe('running'));

    await worker.stop();

    const next = await aWorker();
    expect(await next.row(id)).toMatchObject({ status: 'pending', attempts: 0, leasedUntil: null });
    await next.start();
    expect(await next.whenEnded(id)).toMatchObject({ status: 'succeeded' });
  });
});

describe('an operation that is cancelled', () => {
  it('is over at once when nobody has begun it', async () => {
    const { operations, request } = await aWorker();
    const id = await request();

    expect(await operations.cancel(id)).toMatchObject({ status: 'cancelled' });
    expect(await operations.cancel(id)).toMatchObject({ status: 'cancelled' });
  });

  it('ends when its worker notices, which its handler learns by its signal', async () => {
    const worker = await aWorker({ run: (_input, { signal }) => aborted(signal) });
    await worker.start();
    const id = await worker.request();
    await eventually(async () => expect((await worker.find(id))?.status).toBe('running'));

    expect(await worker.operations.cancel(id)).toMatchObject({ status: 'running' });

    expect(await worker.whenEnded(id)).toMatchObject({ status: 'cancelled', result: null, problem: null });
    expect(await worker.operations.cancel(id)).toMatchObject({ status: 'cancelled' });
  });

  it('is told that it was too late, or that there is none', async () => {
    const worker = await aWorker();
    await worker.start();
    const id = await worker.request();
    await worker.whenEnded(id);

    await expect(worker.operations.cancel(id)).rejects.toThrow(OperationEnded);
    await expect(worker.operations.cancel(newId())).rejects.toThrow(OperationNotFound);
  });
});

it('waits for a newer worker when this one does not know its kind', async () => {
  const worker = await aWorker();
  const id = newId();
  await worker.database.client.operation.create({
    data: { id, kind: 'tests.unheard-of', ownerId: newId(), input: {} },
  });
  await worker.start();

  await worker.whenEnded(await worker.request());

  expect(await worker.find(id)).toMatchObject({ status: 'pending' });
  await worker.database.client.operation.delete({ where: { id } });
});
