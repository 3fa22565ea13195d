import { Inject, Injectable } from '@nestjs/common';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { REDIS } from '../../redis/redis.js';
import { policyOf } from './policy.js';
import { QUEUE_NAME, QUEUE_PREFIX } from './waiting-jobs.js';

/** What travels through Redis: which row to claim, nothing of what is in it. */
export type OpenJob = Readonly<{ id: string; name: string; traceparent: string | null }>;
export type QueuedJob = Readonly<{
  traceparent: string | null;
  /** When a worker first met it that did not know its name, in milliseconds since 1970. */
  unknownSince?: number;
}>;

/** The BullMQ queue between the relay and the workers. Losing it loses no work: Postgres holds every open job. */
@Injectable()
export class JobQueue {
  readonly bullmq: Queue<QueuedJob, void, string>;

  constructor(@Inject(REDIS) private readonly redis: Redis) {
    this.bullmq = new Queue(QUEUE_NAME, {
      connection: redis,
      prefix: QUEUE_PREFIX,
      defaultJobOptions: {
        // Calculated by the worker, from the definition of the job.
        backoff: { type: 'custom' },
        removeOnComplete: true,
        removeOnFail: true,
      },
      // Without these BullMQ waits for Redis once, at construction, and never recovers if that fails.
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    // Every failure also rejects the call that met it.
    this.bullmq.on('error', () => undefined);
  }

  /** @throws when Redis does not answer now */
  async requireReady(): Promise<void> {
    if (this.redis.status !== 'ready') throw new Error('Redis is away');
    await this.redis.ping();
  }

  /** Jobs that no worker has taken yet. @throws when Redis does not answer now */
  async countWaiting(): Promise<number> {
    await this.requireReady();
    return this.bullmq.getJobCountByTypes('wait', 'prioritized');
  }

  /** A job that the queue still knows is dropped by its id: publishing twice is harmless. */
  async publish(jobs: readonly OpenJob[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.bullmq.addBulk(
      jobs.map(({ id, name, traceparent }) => {
        const { attempts, priority } = policyOf(name);
        return { name, data: { traceparent }, opts: { jobId: id, attempts, priority } };
      }),
    );
  }
}
