// The outbox, the relay and the worker of this platform, a process of its own, with one job that writes one row.
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { z } from 'zod';
import { ConfigModule } from '#platform/config/config.module.js';
import { loadEnv } from '#platform/config/load-env.js';
import { Database } from '#platform/database/database.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { HealthModule } from '#platform/health/health.module.js';
import { JobsWorkerModule } from '#platform/jobs/jobs-worker.module.js';
import { defineJob, type JobHandler, Jobs } from '#platform/kernel/jobs/jobs.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';
import { ADD_EFFECT, CONCURRENCY, CREATE_EFFECTS, countdown, type Throughput, TOGETHER } from './effects.ts';

/** All at once; one after the other on an idle worker; or so many while so many wait. */
export type OwnLoad = Readonly<{ environment: Readonly<Record<string, string>> }> &
  (
    | Readonly<{ kind: 'throughput'; jobs: number }>
    | Readonly<{ kind: 'idle'; jobs: number }>
    | Readonly<{ kind: 'depth'; jobs: number; waiting: number }>
  );
export type Latencies = Readonly<{ milliseconds: readonly number[] }>;
/** Microseconds of CPU of this process for each job, and how many it did. */
export type AtDepth = Readonly<{ microseconds: number; jobsPerSecond: number }>;

const record = defineJob({ name: 'bench.record', payload: z.object({ key: z.uuid() }) });
const FILL = `WITH job AS (INSERT INTO jobs (id, name, payload, run_at)
    SELECT gen_random_uuid(), 'bench.record', jsonb_build_object('key', gen_random_uuid()), now() FROM generate_series(1, $1))
  SELECT pg_notify('jobs', '')`;
const REST_MS = 50;

process.on('message', (load: OwnLoad) => {
  void run(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run(load: OwnLoad): Promise<Throughput | Latencies | AtDepth> {
  const client = new pg.Client({ connectionString: load.environment['DATABASE_URL'] ?? '' });
  await client.connect();
  await client.query(CREATE_EFFECTS);
  if (load.kind === 'depth') await client.query(FILL, [load.waiting]);
  const worker = await startWorker(load.environment);
  try {
    switch (load.kind) {
      case 'throughput':
        return await measureThroughput(worker, load.jobs);
      case 'idle':
        return await measureLatency(worker, client, load.jobs);
      case 'depth':
        return await measureAtDepth(worker, client, load.jobs);
    }
  } finally {
    await client.query('TRUNCATE jobs');
    await worker.stop();
    await client.end();
  }
}

type Worker = Awaited<ReturnType<typeof startWorker>>;

async function startWorker(environment: Readonly<Record<string, string>>) {
  let onEffect = (_key: string): void => undefined;
  const handler: JobHandler<{ key: string }> = {
    job: record,
    handle: async ({ key }) => {
      const database = app.get(Database);
      // Nothing of the handler depends on it, so it travels with the commit.
      await database.writeAtCommit(ADD_EFFECT, [key]);
      database.afterCommit(() => onEffect(key));
    },
  };
  const env = loadEnv({ ...environment, JOBS_CONCURRENCY: String(CONCURRENCY) });
  const platform = [ConfigModule.forRoot(env), LoggingModule, DatabaseModule, RedisModule, HealthModule];
  const root = {
    module: class Root {},
    imports: [...platform, JobsWorkerModule],
    providers: [{ provide: 'handler', useValue: handler }],
  };
  const app = await NestFactory.createApplicationContext(root, { logger: false });
  return {
    jobs: app.get(Jobs),
    database: app.get(Database),
    hear: (listener: (key: string) => void) => (onEffect = listener),
    stop: () => app.close(),
  };
}

async function measureThroughput({ jobs, database, hear }: Worker, count: number): Promise<Throughput> {
  const { done, over } = countdown(count);
  hear(done);
  const startedAt = performance.now();
  for (let added = 0; added < count; added += TOGETHER)
    await database.transaction(async () => {
      for (let job = 0; job < TOGETHER; job++) await jobs.enqueue(record, { key: randomUUID() });
    });
  await over;
  return { jobsPerSecond: (count / (performance.now() - startedAt)) * 1_000 };
}

/** Until the effect is committed, as another connection would see it. */
async function measureLatency({ jobs, hear }: Worker, client: pg.Client, count: number): Promise<Latencies> {
  const milliseconds: number[] = [];
  for (let job = 0; job < count; job++) {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const key = randomUUID();
    const done = new Promise<void>((resolve) => hear((each) => each === key && resolve()));
    const startedAt = performance.now();
    await jobs.enqueue(record, { key });
    await done;
    milliseconds.push(performance.now() - startedAt);
  }
  const { rowCount } = await client.query('SELECT FROM bench_effects');
  if ((rowCount ?? 0) < count) throw new Error('An effect is missing.');
  return { milliseconds };
}

/** What is done is added again, so that as many wait at the end as at the beginning. */
async function measureAtDepth({ hear }: Worker, client: pg.Client, count: number): Promise<AtDepth> {
  const refill = 100;
  let seen = 0;
  let refilled = Promise.resolve();
  const warm = countdown(count / 2);
  const { done, over } = countdown(count);
  hear(() => {
    seen += 1;
    warm.done();
    if (seen > count / 2) done();
    if (seen % refill === 0) refilled = refilled.then(() => client.query(FILL, [refill]).then(() => undefined));
  });
  await warm.over;
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  await over;
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - startedAt) / 1_000;
  hear(() => undefined);
  await refilled;
  return { microseconds: (user + system) / count, jobsPerSecond: count / seconds };
}
