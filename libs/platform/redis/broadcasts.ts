import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnections } from './connection/redis-connections.js';
import { REDIS } from './redis.js';

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
    if (this.subscriber.status === 'ready') this.ask(this.subscriber, [channel]);
  }

  publish(channel: string, message: string): void {
    this.redis.publish(channel, message).catch((error: Error) => {
      this.logger.warn(`Other processes were not told (${channel}); they find out by themselves: ${error.message}`);
    });
  }

  private openSubscriber(): Redis {
    const subscriber = this.connections.subscriber();
    // Not before it is ready: it asks with INFO whether it is, which Redis refuses a connection that has subscribed.
    subscriber.on('ready', () => this.ask(subscriber, [...this.handlers.keys()]));
    return subscriber.on('message', (channel: string, message: string) => this.handlers.get(channel)?.(message));
  }

  private ask(subscriber: Redis, channels: string[]): void {
    subscriber
      .subscribe(...channels)
      .catch((error: Error) => this.logger.debug(`Not subscribed to ${channels.join(', ')}: ${error.message}`));
  }
}
