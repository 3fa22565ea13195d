import type { Clock } from '#platform/kernel/clock.js';

/** Time stands still until the test lets it pass. */
export class StoppedClock implements Clock {
  constructor(private time = new Date('2030-01-01T12:00:00.000Z')) {}

  now(): Date {
    return this.time;
  }

  pass(seconds: number): void {
    this.time = new Date(this.time.getTime() + seconds * 1000);
  }
}
