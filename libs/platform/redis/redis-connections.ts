import { Injectable, Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { Config } from '../config/config.js';
import { traceCommands } from '../telemetry/trace-commands.js';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2_000;

/** Opens Redis connections by what they are for, and closes all of them. None of them ever gives up reconnecting. */
@Injectable()
export class RedisConnections {
  private readonly opened: Redis[] = [];

  constructor(private readonly config: Config) {}

  /**
   * For commands somebody waits for: they fail rather than queue up. Not connected yet.
   * Without automatic pipelining, which would send the commands of many requests in the name and trace of the first.
   */
  commands(): Redis {
    const redis = this.open('commands', this.failFast());
    traceCommands(redis);
    return redis;
  }

  /** Like `commands`, for what each request counts: a span of its own would double what is exported and tell nothing. */
  counters(): Redis {
    return this.open('counters', { ...this.failFast(), enableAutoPipelining: true });
  }

  /** For a BullMQ worker, which waits for jobs on it and keeps its commands until Redis is back. */
  blocking(): Redis {
    return this.open('worker', { maxRetriesPerRequest: null });
  }

  /**
   * For pub/sub: subscriptions are made again after a reconnection, messages published meanwhile are lost. Without ioredis' ready check:
   * once one subscription is sent, Redis refuses the INFO it asks with, and the others would be dropped.
   */
  subscriber(): Redis {
    return this.open('subscriber', { maxRetriesPerRequest: null, enableReadyCheck: false });
  }

  /** Without QUIT, which a frozen Redis would never answer; by now nobody waits for anything else. */
  close(): void {
    for (const redis of this.opened) redis.disconnect();
  }

  private failFast(): RedisOptions {
    return {
      lazyConnect: true,
      enableOfflineQueue: false,
      commandTimeout: this.config.REDIS_TIMEOUT,
      maxRetriesPerRequest: 1,
    };
  }

  private open(purpose: string, options: RedisOptions): Redis {
    const redis = new Redis(this.config.REDIS_URL, {
      connectionName: `${this.config.OTEL_SERVICE_NAME}:${purpose}`.replaceAll(/\s/g, '-'),
      connectTimeout: this.config.REDIS_TIMEOUT,
      disconnectTimeout: this.config.REDIS_TIMEOUT,
      retryStrategy: reconnectionDelay,
      ...options,
    });
    logOutages(redis, purpose);
    this.opened.push(redis);
    return redis;
  }
}

/** Jitter, so that a restarted Redis does not meet every process in the same instant. */
function reconnectionDelay(attempt: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS) * (0.5 + Math.random() / 2);
}

/** Two lines per outage, not two per attempt. The error itself is left out: its message holds the address. */
function logOutages(redis: Redis, purpose: string): void {
  const logger = new Logger('Redis');
  let isAway = false;

  // Also what keeps a failed connection from ending the process.
  redis.on('error', (error: NodeJS.ErrnoException) => {
    if (!isAway) logger.warn(`The ${purpose} connection is lost (${error.code ?? error.name}); reconnecting.`);
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.log(`The ${purpose} connection is back.`);
    isAway = false;
  });
}
