import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { EndpointsRepository } from '#features/webhooks/application/endpoints.repository.js';
import type { Endpoint } from '#features/webhooks/domain/endpoint.js';
import { WebhooksWorkerModule } from '#features/webhooks/webhooks.module.js';
import { AuditModule } from '#platform/audit/audit.module.js';
import { CacheModule } from '#platform/cache/cache.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import { loadEnv } from '#platform/config/load-env.js';
import { Database, type Statement } from '#platform/database/database.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { FlagsModule } from '#platform/flags/flags.module.js';
import { HealthModule } from '#platform/health/health.module.js';
import { JobsWorkerModule } from '#platform/jobs/jobs-worker.module.js';
import { newId } from '#platform/kernel/values/ids.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { MailModule } from '#platform/mail/mail.module.js';
import { ClockModule } from '#platform/process/clock.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';

const ADD_USER: Statement = {
  name: 'bench.add-user',
  text: `INSERT INTO users (id, email, created_at, updated_at) VALUES ($1::uuid, $1::text || '@example.test', now(), now())`,
};
/** Nothing is due while its endpoint is disabled. */
const FILL: Statement = {
  name: 'bench.add-webhook-deliveries',
  text: `INSERT INTO webhook_deliveries (id, endpoint_id, message_id, event, body, status, next_attempt_at, created_at)
         SELECT gen_random_uuid(), id, 'msg_' || number, 'thing.done', $2, 'pending', now(), now()
         FROM webhook_endpoints, generate_series(1, $1) AS number`,
};
const ENABLE: Statement = {
  name: 'bench.enable-webhook-endpoints',
  text: `WITH enabled AS (UPDATE webhook_endpoints SET disabled_because = NULL RETURNING id) SELECT pg_notify('webhooks', '') FROM enabled`,
};
const COUNT: Statement = {
  name: 'bench.count-webhook-deliveries',
  text: `SELECT count(*)::int AS count FROM webhook_deliveries WHERE status = 'delivered'`,
};
const EMPTY: Statement = { name: 'bench.remove-webhook-endpoints', text: 'DELETE FROM webhook_endpoints' };
const LOOK_MS = 20;

type Load = Readonly<{
  environment: Readonly<Record<string, string>>;
  urls: readonly string[];
  body: string;
  /** Of each endpoint. */
  messages: number;
  /** After which it is over. */
  deliveries: number;
}>;

/** The worker with this feature alone. @returns deliveries per second, from the moment in which all are due until they are written down */
export async function sendByPlatform({ environment, urls, body, messages, deliveries }: Load): Promise<number> {
  const app = await startWorker(environment);
  const database = app.get(Database);
  try {
    const [endpoints, userId] = [app.get(EndpointsRepository, { strict: false }), newId()];
    await database.query(ADD_USER, [userId]);
    for (const url of urls) await endpoints.add(aDisabledEndpoint(userId, url));
    await database.query(FILL, [messages, body]);

    const startedAt = performance.now();
    await database.query(ENABLE);
    while (((await database.query<{ count: number }>(COUNT))[0]?.count ?? 0) < deliveries) await delay(LOOK_MS);
    return (deliveries / (performance.now() - startedAt)) * 1_000;
  } finally {
    await database.query(EMPTY);
    await app.close();
  }
}

function aDisabledEndpoint(userId: string, url: string): Endpoint {
  const created = { createdAt: new Date(), updatedAt: new Date() };
  const wish = { url, description: null, events: ['thing.done'], audience: 'own' } as const;
  return { ...wish, id: newId(), userId, disabledBecause: 'owner', failingSince: null, ...created };
}

function startWorker(environment: Readonly<Record<string, string>>) {
  const development = { NODE_ENV: 'test', OUTBOUND_ALLOWED_ADDRESSES: '127.0.0.1' };
  const env = loadEnv({ ...environment, ...development });
  const stores = [DatabaseModule, RedisModule, CacheModule];
  const platform = [
    ClockModule,
    LoggingModule,
    ...stores,
    MailModule,
    AuditModule,
    FlagsModule,
    HealthModule,
    JobsWorkerModule,
  ];
  const root = { module: class Root {}, imports: [ConfigModule.forRoot(env), ...platform, WebhooksWorkerModule] };
  return NestFactory.createApplicationContext(root, { logger: false });
}
