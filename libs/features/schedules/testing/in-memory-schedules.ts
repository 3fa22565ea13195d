import { ScheduleNotFound } from '#platform/jobs/schedules/sql-schedules.js';
import type { ScheduledJob, Schedules } from '#platform/kernel/jobs/schedules.js';

export const aSchedule = (overrides: Partial<ScheduledJob> = {}): ScheduledJob => ({
  name: 'tests.nightly',
  expression: '0 3 * * *',
  timeZone: 'Europe/Berlin',
  missed: 'run-once',
  isPaused: false,
  nextAt: new Date('2026-11-29T02:00:00Z'),
  lastAt: null,
  ...overrides,
});

export class InMemorySchedules implements Schedules {
  /** Names of the jobs that were run now. */
  readonly run: string[] = [];
  private readonly byName: Map<string, ScheduledJob>;

  constructor(...schedules: readonly ScheduledJob[]) {
    this.byName = new Map(schedules.map((schedule) => [schedule.name, schedule]));
  }

  async list(): Promise<readonly ScheduledJob[]> {
    return [...this.byName.values()];
  }

  async runNow(name: string): Promise<void> {
    this.run.push(this.find(name).name);
  }

  async setPaused(name: string, isPaused: boolean): Promise<ScheduledJob> {
    const changed = { ...this.find(name), isPaused };
    this.byName.set(name, changed);
    return changed;
  }

  private find(name: string): ScheduledJob {
    const schedule = this.byName.get(name);
    if (!schedule) throw new ScheduleNotFound();
    return schedule;
  }
}
