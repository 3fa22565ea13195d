import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../../redis/redis.js';

export const QUEUE_NAME = 'jobs';
/** The braces keep all keys of the queue in one slot of a Redis Cluster. */
export const QUEUE_PREFIX = '{queue}';

/** Jobs that no worker has taken yet. Reads BullMQ's own lists of them: the API, which needs nothing else of BullMQ, does without loading it. */
@Injectable()
export class WaitingJobs {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** @throws when Redis does not answer */
  async count(): Promise<number> {
    const [waiting, prioritized] = await Promise.all([
      this.redis.llen(`${QUEUE_PREFIX}:${QUEUE_NAME}:wait`),
      this.redis.zcard(`${QUEUE_PREFIX}:${QUEUE_NAME}:prioritized`),
    ]);
    return waiting + prioritized;
  }
}
