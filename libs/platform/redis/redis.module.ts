import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Broadcasts } from './broadcasts.js';
import { RedisConnections } from './connection/redis-connections.js';
import { REDIS } from './redis.js';
import { RedisHealth } from './redis-health.js';

const openCommands = (connections: RedisConnections): Redis => connections.commands();

@Global()
@Module({
  providers: [
    RedisConnections,
    RedisHealth,
    Broadcasts,
    { provide: REDIS, inject: [RedisConnections], useFactory: openCommands },
  ],
  exports: [REDIS, RedisConnections, RedisHealth, Broadcasts],
})
export class RedisModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly connections: RedisConnections,
  ) {}

  /** A start without Redis is slow to serve, not impossible: the connection goes on trying in the background. */
  async onModuleInit(): Promise<void> {
    await this.redis.connect().catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.connections.close();
  }
}
