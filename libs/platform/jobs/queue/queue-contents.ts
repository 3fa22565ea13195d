import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../../redis/redis.js';
import { QUEUE_NAME, QUEUE_PREFIX } from './waiting-jobs.js';

const key = (name: string): string => `${QUEUE_PREFIX}:${QUEUE_NAME}:${name}`;
/** Every list and set of BullMQ's from which a job will still be delivered. */
const LISTS = ['wait', 'paused', 'active'].map(key);
const SETS = ['delayed', 'prioritized'].map(key);

/** Which jobs Redis really has. BullMQ takes a job for known as long as its hash is there, even when no list names it any more. */
@Injectable()
export class QueueContents {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** Those of these few that will not be delivered. BullMQ takes from the end of its lists, where the search for old ones begins. */
  async missing(ids: readonly string[]): Promise<string[]> {
    const pipeline = this.redis.pipeline();
    for (const id of ids) {
      for (const list of LISTS) pipeline.lpos(list, id, 'RANK', -1);
      for (const set of SETS) pipeline.zscore(set, id);
    }
    const places = answersOf(await pipeline.exec());
    const perJob = LISTS.length + SETS.length;
    return ids.filter((_, index) =>
      places.slice(index * perJob, (index + 1) * perJob).every((place) => place === null),
    );
  }

  /** All that will be delivered, read in one moment. As many as there are: for the rare case that something is missing. */
  async ids(): Promise<ReadonlySet<string>> {
    const transaction = this.redis.multi();
    for (const list of LISTS) transaction.lrange(list, 0, -1);
    for (const set of SETS) transaction.zrange(set, 0, -1);
    return new Set(answersOf(await transaction.exec()).flat() as string[]);
  }

  /** What is left of jobs that no list names: it would keep them from being published again. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.redis.del(...ids.map(key));
  }
}

/** @throws the first failure among the answers */
function answersOf(results: [Error | null, unknown][] | null): unknown[] {
  return (results ?? []).map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}
