import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { AccessSubject } from '../kernel/access-changes.js';
import { REDIS } from '../redis/redis.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { AccessWatch } from './access-watch.js';

const CHANNEL = 'access:changed';
const SEPARATOR = ' ';

/** Tells every process at once whose access changed. News may get lost: AccessRevisionReader finds out. */
@Injectable()
export class AccessNews implements OnModuleInit {
  private readonly logger = new Logger(AccessNews.name);

  constructor(
    private readonly watch: AccessWatch,
    private readonly connections: RedisConnections,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  onModuleInit(): void {
    const subscriber = this.connections.subscriber();
    subscriber.on('message', (_channel, message: string) => {
      const [revision, subject] = message.split(SEPARATOR);
      this.watch.hear(Number(revision), subject as AccessSubject);
    });
    // Waits for Redis as long as it takes, and is made again after each outage; closing the connection is what ends the wait.
    subscriber.subscribe(CHANNEL).catch(() => undefined);
  }

  announce(revision: number, subject: AccessSubject): void {
    this.watch.hear(revision, subject);
    this.redis.publish(CHANNEL, `${revision}${SEPARATOR}${subject}`).catch((error: Error) => {
      this.logger.warn(`Other processes find out by themselves, within a second, that access has changed: ${error.message}`);
    });
  }
}
