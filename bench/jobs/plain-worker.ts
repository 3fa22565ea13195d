// What BullMQ does without an outbox, a process of its own: addBulk, and a Worker that writes one row for each job.
import { randomUUID } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { ADD_EFFECT, CONCURRENCY, CREATE_EFFECTS, countdown, type Throughput, TOGETHER } from './effects.ts';

export type PlainLoad = Readonly<{ environment: Readonly<Record<string, string>>; jobs: number }>;

process.on('message', (load: PlainLoad) => {
  void run(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run({ environment, jobs }: PlainLoad): Promise<Throughput> {
  const pool = new pg.Pool({ connectionString: environment['DATABASE_URL'] ?? '', max: 10 });
  await pool.query(CREATE_EFFECTS);
  const connect = () => new Redis(environment['REDIS_URL'] ?? '', { maxRetriesPerRequest: null });
  const connections = [connect(), connect()] as const;
  const queue = new Queue<{ key: string }>('plain', { connection: connections[0] });
  const { done, over } = countdown(jobs);
  const worker = new Worker<{ key: string }>(
    'plain',
    async ({ data }) => {
      await pool.query({ ...ADD_EFFECT, values: [data.key] });
      done();
    },
    { connection: connections[1], concurrency: CONCURRENCY, removeOnComplete: { count: 0 } },
  );
  await worker.waitUntilReady();

  const startedAt = performance.now();
  for (let added = 0; added < jobs; added += TOGETHER)
    await queue.addBulk(Array.from({ length: TOGETHER }, () => ({ name: 'record', data: { key: randomUUID() } })));
  await over;
  const seconds = (performance.now() - startedAt) / 1_000;

  await worker.close();
  await queue.close();
  for (const connection of connections) connection.disconnect();
  await pool.end();
  return { jobsPerSecond: jobs / seconds };
}
