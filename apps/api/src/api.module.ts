import { type DynamicModule, Module } from '@nestjs/common';
import { OrdersApiModule } from '#features/orders/orders.module.js';
import { UsersApiModule } from '#features/users/users.module.js';
import { AccessModule } from '#platform/access/access.module.js';
import { AuthModule } from '#platform/auth/auth.module.js';
import { ClockModule } from '#platform/clock/clock.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import type { Env } from '#platform/config/env.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { HealthModule } from '#platform/health/health.module.js';
import { HttpModule } from '#platform/http/http.module.js';
import { JobsModule } from '#platform/jobs/jobs.module.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';

const platform = [ClockModule, LoggingModule, DatabaseModule, RedisModule, AccessModule, AuthModule, JobsModule, HttpModule, HealthModule];

const features = [UsersApiModule, OrdersApiModule];

@Module({})
export class ApiModule {
  static forRoot(env: Env): DynamicModule {
    return { module: ApiModule, imports: [ConfigModule.forRoot(env), ...platform, ...features] };
  }
}
