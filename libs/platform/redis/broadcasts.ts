import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from './redis.js';
import { RedisConnections } from './redis-connections.js';

/** Redis pub/sub: reaches every process at once. What is published while Redis is away is lost, so subscribers must also find out another way. */
@Injectable()
export class Broadcasts {
  private readonly logger = new Logger(Broadcasts.name);
  private readonly handlers = new Map<string, (message: string) => void>();
  private subscriber: Redis | undefined;

  constructor(
    private readonly connections: RedisConnections,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** One handler for each channel of this process. */
  subscribe(channel: string, handle: (message: string) => void): void {
    this.handlers.set(channel, handle);
    this.subscriber ??= this.openSubscriber();
    // ioredis waits for Redis as long as it takes, and subscribes again after each outage.
    this.subscriber.subscribe(channel).catch((error: Error) => this.logger.debug(`Not subscribed to ${channel}: ${error.message}`));
  }

  publish(channel: string, message: string): void {
    this.redis.publish(channel, message).catch((error: Error) => {
      this.logger.warn(`Other processes were not told (${channel}); they find out by themselves: ${error.message}`);
    });
  }

  private openSubscriber(): Redis {
    return this.connections.subscriber().on('message', (channel: string, message: string) => this.handlers.get(channel)?.(message));
  }
}
