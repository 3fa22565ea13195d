import type { Missed } from './schedule.js';

/** A job that runs by itself, as the workers know it. */
export type ScheduledJob = Readonly<{
  /** Of the job. */
  name: string;
  expression: string;
  timeZone: string | null;
  missed: Missed;
  isPaused: boolean;
  nextAt: Date;
  /** Null before the first time. */
  lastAt: Date | null;
}>;

export abstract class Schedules {
  /** By name. Those that no worker has declared for ten minutes are gone. */
  abstract list(): Promise<readonly ScheduledJob[]>;

  /** Enqueues the job once, now; its next time stays. @throws ScheduleNotFound */
  abstract runNow(name: string): Promise<void>;

  /** What is paused misses its times, and goes on with the next one. @throws ScheduleNotFound */
  abstract setPaused(name: string, isPaused: boolean): Promise<ScheduledJob>;
}
