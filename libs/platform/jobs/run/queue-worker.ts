import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { Config } from '../../config/config.js';
import { Shutdown } from '../../kernel/shutdown.js';
import { RedisConnections } from '../../redis/connection/redis-connections.js';
import type { QueuedJob } from '../queue/job-queue.js';
import { policyOf, retryPauseMs } from '../queue/policy.js';
import { QUEUE_NAME, QUEUE_PREFIX } from '../queue/waiting-jobs.js';
import { concurrencyOf } from './concurrency.js';
import { type QueueJob, QueueJobProcessor } from './queue-job-processor.js';

/** Jobs of a killed worker start again within LOCK_MS + STALLED_CHECK_MS. A lock that expires too early does no harm: of two runs only one claims the row. */
const LOCK_MS = 6_000;
const STALLED_CHECK_MS = 3_000;
/** BullMQ gives a job up that was running each time so many workers died: it is probably what kills them. */
const MAX_STALLED_COUNT = 25;

/** How long one question for jobs waits. BullMQ opens its connection again when there is no answer a second later. */
const WAIT_SECONDS = 2;

/** Share of SHUTDOWN_TIMEOUT in which running jobs may finish, before they are aborted. */
const FINISH_SHARE = 0.75;
/** For a job to notice that it is aborted, and then for BullMQ to tell Redis. */
const REACT_MS = 1_000;

type Running = Readonly<{ worker: Worker<QueuedJob, void, string>; connection: Redis }>;

/** Takes jobs from the queue from the start of the process until it is told to stop. */
@Injectable()
export class QueueWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(QueueWorker.name);
  private readonly abort = new AbortController();
  private readonly active = new Set<Promise<void>>();
  private running: Running | undefined;
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly config: Config,
    private readonly connections: RedisConnections,
    private readonly processor: QueueJobProcessor,
    private readonly shutdown: Shutdown,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.start();
    // The drain delay is for requests; a worker that is going to stop takes no more jobs from the first moment.
    this.shutdown.signal.addEventListener('abort', () => void this.stop());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** Takes no more jobs, lets the running ones finish, aborts those that take too long, and leaves what then remains to another worker. */
  stop(): Promise<void> {
    this.stopped ??= this.running ? this.drain(this.running) : Promise.resolve();
    return this.stopped;
  }

  private start(): Running {
    const connection = this.connections.worker();
    const run = (job: QueueJob, token?: string) => this.track(this.processor.process(job, token, this.abort.signal));
    const worker: Running['worker'] = new Worker(QUEUE_NAME, run, {
      connection,
      prefix: QUEUE_PREFIX,
      concurrency: concurrencyOf(this.config),
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED_COUNT,
      drainDelay: WAIT_SECONDS,
      settings: {
        backoffStrategy: (failures, _type, _error, job) => retryPauseMs(policyOf(String(job?.name)), failures),
      },
      runRetryDelay: 1_000,
      // Jobs may have lost their own options. They leave nothing behind, and while their row is open they are published again.
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      // With it BullMQ prints to the console what readiness tells by a code.
      skipVersionCheck: true,
    });
    // Lost connections are reported by RedisConnections; what else BullMQ complains about, it also tries again.
    worker.on('error', (error) => this.logger.debug(`BullMQ: ${error.message}`));
    worker.on('failed', (job?: QueueJob) => {
      if (job?.deferredFailure) void this.track(this.processor.giveUp(job));
    });
    return { worker, connection };
  }

  private track(work: Promise<void>): Promise<void> {
    this.active.add(work);
    return work.finally(() => this.active.delete(work));
  }

  private async drain({ worker, connection }: Running): Promise<void> {
    const closed = worker.close();
    const finished = this.finishActive();

    await Promise.race([finished, after(this.config.SHUTDOWN_TIMEOUT * FINISH_SHARE)]);
    this.abort.abort();
    await Promise.race([finished, after(REACT_MS)]);
    await Promise.race([closed, after(REACT_MS)]);
    connection.disconnect();
  }

  private async finishActive(): Promise<void> {
    while (this.active.size > 0) await Promise.allSettled(this.active);
  }
}

const after = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { ref: false });
