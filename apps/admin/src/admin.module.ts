import { type DynamicModule, Module } from '@nestjs/common';
import { UsersCommandModule } from '#features/users/users.module.js';
import { AccessModule } from '#platform/access/access.module.js';
import { AuditModule } from '#platform/audit/audit.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import type { Env } from '#platform/config/env.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { JobsModule } from '#platform/jobs/jobs.module.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { ClockModule } from '#platform/process/clock.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';

const platform = [ClockModule, LoggingModule, DatabaseModule, RedisModule, JobsModule, AuditModule, AccessModule];

@Module({})
export class AdminModule {
  static forRoot(env: Env): DynamicModule {
    return { module: AdminModule, imports: [ConfigModule.forRoot(env), ...platform, UsersCommandModule] };
  }
}
