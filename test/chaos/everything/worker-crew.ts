import { setInterval } from 'node:timers/promises';
import { type Environment, type Program, start } from '#platform/testing/system/program.js';

const SIZE = 3;
const KILL_EVERY_MS = 1_000;

/** Three workers. Once killing has begun, each second the one that has worked longest is killed, and another one starts. */
export class WorkerCrew {
  kills = 0;
  private readonly working: Program[] = [];
  private readonly starting = new Set<Promise<void>>();
  private readonly dismissed = new AbortController();
  private killing: Promise<void> | undefined;

  constructor(private readonly env: Environment) {}

  async start(): Promise<void> {
    for (let number = 0; number < SIZE; number++) this.startOne();
    await Promise.all(this.starting);
  }

  startKilling(): void {
    this.killing = this.killAgainAndAgain();
  }

  /** From now on everybody lives. */
  async spare(): Promise<void> {
    this.dismissed.abort();
    await this.killing;
  }

  async stop(): Promise<void> {
    await this.spare();
    await Promise.all(this.starting);
    await Promise.all(this.working.map((worker) => worker.stop()));
  }

  private async killAgainAndAgain(): Promise<void> {
    const { signal } = this.dismissed;
    const seconds = setInterval(KILL_EVERY_MS, undefined, { signal });
    try {
      for await (const _ of seconds) {
        const oldest = this.working.shift();
        if (!oldest) continue;
        oldest.signal('SIGKILL');
        await oldest.exited;
        this.kills++;
        this.startOne();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private startOne(): void {
    const started = this.untilOneWorks().finally(() => this.starting.delete(started));
    this.starting.add(started);
  }

  /** As whatever supervises them: one that ends while Postgres is away is followed by another. */
  private async untilOneWorks(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.working.push(await start('worker', this.env));
        return;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }
}
