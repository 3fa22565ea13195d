import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { type Listening, listen } from '../../database/changes/listen.js';
import { Loop } from '../../kernel/loop.js';
import { Pace } from '../queue/pace.js';
import { OutboxReconciler } from '../reconciliation/outbox-reconciler.js';
import { JOBS_CHANNEL } from './outbox-jobs.js';
import { Relay } from './relay.js';

/** A notification wakes the relay; polling only makes up for one that got lost. */
const POLL_MS = 2_000;

/** Runs the relay and the reconciler again and again, from the start of the worker to its end. */
@Injectable()
export class OutboxLoops implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: Loop;
  private readonly reconciler: Loop;
  private listening: Listening | undefined;

  constructor(
    private readonly config: Config,
    relay: Relay,
    reconciler: OutboxReconciler,
    { reconcileMs }: Pace,
  ) {
    const logger = new Logger(OutboxLoops.name);
    this.relay = new Loop({ name: 'Publishing jobs', work: () => relay.publishBatch(), restMs: POLL_MS, logger });
    this.reconciler = new Loop({
      name: 'Watching over published jobs',
      work: () => reconciler.reconcile(),
      restMs: reconcileMs,
      logger,
    });
  }

  onApplicationBootstrap(): void {
    void this.relay.start();
    void this.reconciler.start();
    this.listening = listen(this.config, JOBS_CHANNEL, () => this.relay.wake());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.listening?.stop(), this.relay.stop(), this.reconciler.stop()]);
  }
}
