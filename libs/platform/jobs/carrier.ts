import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../config/config.js';
import { listen, type Listening } from '../database/listen.js';
import { Loop } from './loop.js';
import { JOBS_CHANNEL } from './outbox-jobs.js';
import { Relay } from './relay.js';
import { Republication } from './republication.js';

/** Only a fallback for notifications that got lost. */
const POLL_MS = 2_000;
const CHECK_MS = 2_000;

/** Keeps relay and republication going from the start of the worker to its end. */
@Injectable()
export class Carrier implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: Loop;
  private readonly republication: Loop;
  private listening: Listening | undefined;

  constructor(
    private readonly config: Config,
    relay: Relay,
    republication: Republication,
  ) {
    this.relay = new Loop({ name: 'Publishing jobs', work: () => relay.publishBatch(), restMs: POLL_MS });
    this.republication = new Loop({ name: 'Watching over published jobs', work: () => republication.check(), restMs: CHECK_MS });
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.republication.start();
    this.listening = listen(this.config, JOBS_CHANNEL, () => this.relay.wake());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.listening?.stop(), this.relay.stop(), this.republication.stop()]);
  }
}
