import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../redis/redis.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { EndedSessions } from './ended-sessions.js';

const CHANNEL = 'auth:sessions-ended';
const SEPARATOR = ' ';

/** Tells every process at once that sessions have ended. News may get lost: EndedSessionsReader finds what was missed. */
@Injectable()
export class EndedSessionsNews implements OnModuleInit {
  private readonly logger = new Logger(EndedSessionsNews.name);

  constructor(
    private readonly endedSessions: EndedSessions,
    private readonly connections: RedisConnections,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  onModuleInit(): void {
    const subscriber = this.connections.subscriber();
    subscriber.on('message', (_channel, message: string) => this.endedSessions.add(message.split(SEPARATOR)));
    // Waits for Redis as long as it takes, and is made again after each outage; closing the connection is what ends the wait.
    subscriber.subscribe(CHANNEL).catch(() => undefined);
  }

  announce(sessionIds: readonly string[]): void {
    if (sessionIds.length === 0) return;
    this.endedSessions.add(sessionIds);
    this.redis.publish(CHANNEL, sessionIds.join(SEPARATOR)).catch((error: Error) => {
      this.logger.warn(`Other processes find out by themselves, within a second, that sessions have ended: ${error.message}`);
    });
  }
}
