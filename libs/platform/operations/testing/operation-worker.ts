import { Test } from '@nestjs/testing';
import { expect } from 'vitest';
import { z } from 'zod';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { ConfigModule } from '../../config/config.module.js';
import { loadEnv } from '../../config/load-env.js';
import { Database } from '../../database/database.js';
import { DatabaseModule } from '../../database/database.module.js';
import { HealthModule } from '../../health/health.module.js';
import { JobsModule } from '../../jobs/jobs.module.js';
import type { Principal } from '../../kernel/access/principal.js';
import {
  defineOperation,
  type OperationContext,
  type OperationHandler,
  type OperationResult,
} from '../../kernel/operations/operation-definition.js';
import { Operations } from '../../kernel/operations/operations.js';
import { newId } from '../../kernel/values/ids.js';
import { Log } from '../../logging/log.js';
import { LoggingModule } from '../../logging/logging.module.js';
import { ClockModule } from '../../process/clock.module.js';
import { RedisModule } from '../../redis/redis.module.js';
import { StorageModule } from '../../storage/storage.module.js';
import { RecordedLog } from '../../testing/doubles/recorded-log.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { workerServers } from '../../testing/servers/worker-servers.js';
import { OperationsWorkerModule } from '../operations-worker.module.js';

const checkpoint = z.object({ step: z.int() });
type Checkpoint = z.infer<typeof checkpoint>;
type Context = OperationContext<Checkpoint>;

export const count = defineOperation({
  kind: 'tests.count',
  input: z.object({ to: z.int() }),
  checkpoint,
  attempts: 3,
  timeoutSeconds: 2,
});
const LEASE = { OPERATIONS_LEASE: '1000' };

export type Situation = Readonly<{
  run?: (input: { to: number }, context: Context) => Promise<OperationResult>;
  finish?: () => Promise<void>;
}>;

export type OperationWorker = Awaited<ReturnType<typeof aWorker>>;

/** A worker whose one handler does what the test says. It takes nothing up before `start`. */
export async function aWorker({
  run = async ({ to }) => ({ counted: to }),
  finish = async () => undefined,
}: Situation = {}) {
  const env = loadEnv(aValidEnv({ ...workerServers(), ...LEASE }));
  const log = new RecordedLog();
  const handler: OperationHandler<{ to: number }, Checkpoint, OperationResult> = { operation: count, run, finish };
  const platform = [ClockModule, LoggingModule, DatabaseModule, RedisModule, StorageModule, JobsModule, HealthModule];
  const module = await Test.createTestingModule({
    imports: [ConfigModule.forRoot(env), ...platform, OperationsWorkerModule],
    providers: [{ provide: 'handler', useValue: handler }],
  })
    .overrideProvider(Log)
    .useValue(log.logger)
    .compile();
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= module.close());

  const [operations, database] = [module.get(Operations), module.get(Database)];
  const owner: Principal = { id: newId(), kind: 'user', sessionId: newId(), roles: [], permissions: new Set() };
  const find = async (id: string) => operations.find(id);
  return {
    log,
    operations,
    database,
    owner,
    find,
    stop,
    start: async () => void (await module.init()),
    request: async (to = 3) => (await operations.start(count, owner, { to })).id,
    whenEnded: (id: string) =>
      eventually(async () => {
        const operation = await find(id);
        expect(['succeeded', 'failed', 'cancelled']).toContain(operation?.status);
        return operation;
      }),
    row: (id: string) => database.client.operation.findUniqueOrThrow({ where: { id } }),
  };
}
