import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AccountsWorkerModule } from '#features/accounts/accounts.module.js';
import { FlagsWorkerModule } from '#features/flags/flags.module.js';
import { IdentitiesWorkerModule } from '#features/identities/identities.module.js';
import { OrderMailsWorkerModule } from '#features/order-mails/order-mails.module.js';
import { OrdersWorkerModule } from '#features/orders/orders.module.js';
import { UploadsWorkerModule } from '#features/uploads/uploads.module.js';
import { WebhooksWorkerModule } from '#features/webhooks/webhooks.module.js';
import { AuditModule } from '#platform/audit/audit.module.js';
import { CacheModule } from '#platform/cache/cache.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import type { Env } from '#platform/config/env.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { FlagsModule } from '#platform/flags/flags.module.js';
import { HealthModule } from '#platform/health/health.module.js';
import { JobsWorkerModule } from '#platform/jobs/jobs-worker.module.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { MailModule } from '#platform/mail/mail.module.js';
import { OperationsWorkerModule } from '#platform/operations/operations-worker.module.js';
import { ClockModule } from '#platform/process/clock.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';
import { StorageModule } from '#platform/storage/storage.module.js';

const platform = [
  ClockModule,
  LoggingModule,
  DatabaseModule,
  RedisModule,
  CacheModule,
  MailModule,
  StorageModule,
  FlagsModule,
  JobsWorkerModule,
  OperationsWorkerModule,
  AuditModule,
  HealthModule,
];

const features = [
  AccountsWorkerModule,
  IdentitiesWorkerModule,
  OrdersWorkerModule,
  OrderMailsWorkerModule,
  FlagsWorkerModule,
  WebhooksWorkerModule,
  UploadsWorkerModule,
];

@Module({})
export class WorkerModule {
  /** `more`: what tests mount beside the features that ship. */
  static forRoot(env: Env, more: readonly Type[] = []): DynamicModule {
    return { module: WorkerModule, imports: [ConfigModule.forRoot(env), ...platform, ...features, ...more] };
  }
}
