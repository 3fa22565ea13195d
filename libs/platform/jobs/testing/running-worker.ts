import { Test } from '@nestjs/testing';
import type { Redis } from 'ioredis';
import { ConfigModule } from '../../config/config.module.js';
import { loadEnv } from '../../config/load-env.js';
import { Database } from '../../database/database.js';
import { DatabaseModule } from '../../database/database.module.js';
import { FlagsModule } from '../../flags/flags.module.js';
import { HealthModule } from '../../health/health.module.js';
import { type JobDefinition, type JobHandler, Jobs } from '../../kernel/jobs/jobs.js';
import { Log } from '../../logging/log.js';
import { LoggingModule } from '../../logging/logging.module.js';
import { REDIS } from '../../redis/redis.js';
import { RedisModule } from '../../redis/redis.module.js';
import { RecordedLog } from '../../testing/doubles/recorded-log.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { workerServers } from '../../testing/servers/worker-servers.js';
import { JobsWorkerModule } from '../jobs-worker.module.js';
import { SqlDeadLetters } from '../outbox/sql-dead-letters.js';
import { JobQueue } from '../queue/job-queue.js';
import { Pace } from '../queue/pace.js';

/** That a job gets its next chance is tested here; test/chaos waits for it as long as the service does. */
const QUICK: Pace = {
  reconcileMs: 200,
  graceMs: 500,
  unknownRestMs: 200,
  unknownMs: 1_000,
  scheduleMs: 100,
};

/** What the worker does for a job, as a function. */
export function handling<Payload>(
  job: JobDefinition<Payload>,
  handle: JobHandler<Payload>['handle'],
): JobHandler<Payload> {
  return { job, handle };
}

/**
 * The worker's modules over real servers, with these handlers. `start` makes it take jobs; until then it only enqueues.
 * One for a test, stopped by the test: two would share the work.
 */
// A list of handlers with different payloads has no better element type.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export async function aWorker(handlers: readonly JobHandler<any>[], overrides: Record<string, string> = {}) {
  const env = loadEnv(aValidEnv({ ...workerServers(), SHUTDOWN_TIMEOUT: '4000', ...overrides }));
  const log = new RecordedLog();
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(env),
      LoggingModule,
      DatabaseModule,
      RedisModule,
      FlagsModule,
      HealthModule,
      JobsWorkerModule,
    ],
    providers: handlers.map((handler) => ({ provide: `handler of ${handler.job.name}`, useValue: handler })),
  })
    .overrideProvider(Log)
    .useValue(log.logger)
    .overrideProvider(Pace)
    .useValue(QUICK)
    .compile();

  let stopped: Promise<void> | undefined;
  return {
    log,
    get: module.get.bind(module),
    jobs: module.get(Jobs),
    database: module.get(Database),
    deadLetters: module.get(SqlDeadLetters),
    queue: module.get(JobQueue),
    redis: module.get<Redis>(REDIS),
    start: async () => void (await module.init()),
    stop: () => (stopped ??= module.close()),
  };
}
