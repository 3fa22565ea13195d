import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from './redis.js';
import { RedisConnections } from './redis-connections.js';

/** Tells something to every process at once. What is told while Redis is away is lost, so whoever listens must also find out another way. */
@Injectable()
export class Broadcasts {
  private readonly logger = new Logger(Broadcasts.name);
  private readonly listeners = new Map<string, (message: string) => void>();
  private subscriber: Redis | undefined;

  constructor(
    private readonly connections: RedisConnections,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** One listener for each channel of this process. */
  listen(channel: string, hear: (message: string) => void): void {
    this.listeners.set(channel, hear);
    this.subscriber ??= this.subscribe();
    // Waits for Redis as long as it takes, and is made again after each outage; closing the connection is what ends the wait.
    this.subscriber.subscribe(channel).catch(() => undefined);
  }

  tell(channel: string, message: string): void {
    this.redis.publish(channel, message).catch((error: Error) => {
      this.logger.warn(`Other processes were not told (${channel}); they find out by themselves: ${error.message}`);
    });
  }

  private subscribe(): Redis {
    return this.connections.subscriber().on('message', (channel: string, message: string) => this.listeners.get(channel)?.(message));
  }
}
