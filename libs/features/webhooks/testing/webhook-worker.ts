import { Test } from '@nestjs/testing';
import { AuditModule } from '#platform/audit/audit.module.js';
import { CacheModule } from '#platform/cache/cache.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import { loadEnv } from '#platform/config/load-env.js';
import { Database } from '#platform/database/database.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { FlagsModule } from '#platform/flags/flags.module.js';
import { HealthModule } from '#platform/health/health.module.js';
import { JobsWorkerModule } from '#platform/jobs/jobs-worker.module.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { newId } from '#platform/kernel/values/ids.js';
import { Log } from '#platform/logging/log.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { MailModule } from '#platform/mail/mail.module.js';
import { Mailer } from '#platform/mail/mailer.js';
import { ClockModule } from '#platform/process/clock.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';
import { RecordedLog } from '#platform/testing/doubles/recorded-log.js';
import { RecordedMailer } from '#platform/testing/doubles/recorded-mailer.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { workerServers } from '#platform/testing/servers/worker-servers.js';
import { DeliveriesRepository } from '../application/deliveries.repository.js';
import { EndpointsRepository } from '../application/endpoints.repository.js';
import type { Endpoint } from '../domain/endpoint.js';
import { WebhooksWorkerModule } from '../webhooks.module.js';
import { anEndpoint } from './endpoint.factory.js';
import { aStoredUserId } from './stored-user.js';
import { thingDone } from './thing-done.js';

const platform = [ClockModule, LoggingModule, DatabaseModule, RedisModule, CacheModule, MailModule, AuditModule];
const EVERYTHING = { limit: 100, after: null };

/** The worker with this feature alone, over real servers. It takes nothing up before `start`. */
export async function aWebhookWorker(overrides: Record<string, string> = {}) {
  const env = loadEnv(aValidEnv({ ...workerServers(), OUTBOUND_ALLOWED_ADDRESSES: '127.0.0.1', ...overrides }));
  const mailer = new RecordedMailer();
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(env),
      ...platform,
      FlagsModule,
      HealthModule,
      JobsWorkerModule,
      WebhooksWorkerModule,
    ],
  })
    .overrideProvider(Log)
    .useValue(new RecordedLog().logger)
    .overrideProvider(Mailer)
    .useValue(mailer)
    .compile();

  const database = module.get(Database);
  const endpoints = module.get(EndpointsRepository, { strict: false });
  const deliveries = module.get(DeliveriesRepository, { strict: false });
  const userId = await aStoredUserId(database);
  let stopped: Promise<void> | undefined;
  return {
    database,
    endpoints,
    deliveries,
    mailer,
    userId,
    get: module.get.bind(module),
    start: async () => void (await module.init()),
    stop: () => (stopped ??= module.close()),
    anEndpoint: async (overrides: Partial<Endpoint>) => {
      const endpoint = anEndpoint({ userId, ...overrides });
      return { ...endpoint, secret: await endpoints.add(endpoint) };
    },
    publish: () => module.get(Events).publish(thingDone, { thingId: newId(), userId }),
    delivered: async (endpointId?: string) =>
      (await deliveries.list({ userId, everybody: false }, { endpointId }, EVERYTHING)).items,
  };
}
