import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { type Listening, listen } from '#platform/database/changes/listen.js';
import { Loop } from '#platform/kernel/loop.js';
import { Shutdown } from '#platform/kernel/shutdown.js';
import { WEBHOOKS_CHANNEL } from '../sql-deliveries.repository.js';
import { DeliveryLanes } from './delivery-lanes.js';

/** A notification wakes it for what is new; what is tried again becomes due by itself. */
const LOOK_EVERY_MS = 1_000;

/** Looks for endpoints to serve, from the start of the worker until it is told to stop. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly loop: Loop;
  private listening: Listening | undefined;

  constructor(
    private readonly config: Config,
    private readonly shutdown: Shutdown,
    private readonly lanes: DeliveryLanes,
  ) {
    this.loop = new Loop({
      name: 'Sending webhooks',
      work: () => lanes.open(this.stopping.signal, () => this.loop.wake()),
      restMs: LOOK_EVERY_MS,
      logger: new Logger(DeliveryLoop.name),
    });
  }

  onApplicationBootstrap(): void {
    void this.loop.start();
    this.listening = listen(this.config, WEBHOOKS_CHANNEL, () => this.loop.wake());
    // What is under way is given back, so nobody waits for its end.
    this.shutdown.signal.addEventListener('abort', () => this.stop());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop();
    await Promise.all([this.listening?.stop(), this.loop.stop()]);
    await this.lanes.whenEmpty();
  }

  private stop(): void {
    this.stopping.abort(new Error('The worker has to stop.'));
  }
}
