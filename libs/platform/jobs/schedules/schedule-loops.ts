import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Loop } from '../../kernel/loop.js';
import { Pace } from '../queue/pace.js';
import { Ticks } from './ticks.js';

const KEEP_MS = 60_000;

/** Looks for due schedules again and again, from the start of the worker to its end. */
@Injectable()
export class ScheduleLoops implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly declaring: Loop;
  private readonly ticking: Loop;
  private isDeclared = false;

  constructor(
    private readonly ticks: Ticks,
    { scheduleMs }: Pace,
  ) {
    const logger = new Logger(ScheduleLoops.name);
    this.declaring = new Loop({
      name: 'Declaring schedules',
      work: () => this.declareOrKeep(),
      restMs: KEEP_MS,
      logger,
    });
    this.ticking = new Loop({
      name: 'Looking for due schedules',
      work: () => ticks.enqueueDue(),
      restMs: scheduleMs,
      logger,
    });
  }

  onApplicationBootstrap(): void {
    void this.declaring.start();
    void this.ticking.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.declaring.stop(), this.ticking.stop()]);
  }

  private async declareOrKeep(): Promise<void> {
    if (!this.isDeclared) await this.ticks.declare();
    this.isDeclared = true;
    await this.ticks.keepDeclared();
  }
}
