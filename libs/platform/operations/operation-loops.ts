import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Listening, listen } from '../database/changes/listen.js';
import { Loop } from '../kernel/loop.js';
import { Shutdown } from '../kernel/shutdown.js';
import { OperationRunner } from './operation-runner.js';
import { OPERATIONS_CHANNEL } from './sql-operations.js';

/** A notification wakes those that rest; looking now and then makes up for one that got lost, and for workers that died. */
const LOOK_EVERY_MS = 2_000;

/** Takes operations from the start of the worker until it is told to stop. */
@Injectable()
export class OperationLoops implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly loops: readonly Loop[];
  private listening: Listening | undefined;

  constructor(
    private readonly config: Config,
    private readonly shutdown: Shutdown,
    runner: OperationRunner,
  ) {
    const logger = new Logger(OperationLoops.name);
    const loop = () =>
      new Loop({
        name: 'Running operations',
        work: () => runner.runNext(this.stopping.signal),
        restMs: LOOK_EVERY_MS,
        logger,
      });
    this.loops = Array.from({ length: config.OPERATIONS_CONCURRENCY }, loop);
  }

  onApplicationBootstrap(): void {
    for (const loop of this.loops) void loop.start();
    this.listening = listen(this.config, OPERATIONS_CHANNEL, () => this.loops.forEach((loop) => loop.wake()));
    // They can be taken up again, so nobody waits for their end.
    this.shutdown.signal.addEventListener('abort', () => this.stopping.abort(new Error('The worker has to stop.')));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('The worker has to stop.'));
    await Promise.all([this.listening?.stop(), ...this.loops.map((loop) => loop.stop())]);
  }
}
