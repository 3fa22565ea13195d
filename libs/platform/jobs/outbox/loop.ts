import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;

type Options = Readonly<{
  name: string;
  /** Returns true when there is more to do at once. */
  work: () => Promise<boolean>;
  /** How long it rests when there is nothing to do and nobody wakes it. */
  restMs: number;
}>;

/** Repeats its work until it is stopped. It outlives every failure of the work, and logs two lines per outage, not two per try. */
export class Loop {
  private readonly logger = new Logger(Loop.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private failures = 0;
  private isWoken = false;
  private endRest = (): void => undefined;

  constructor(private readonly options: Options) {}

  start(): void {
    this.running = this.run();
  }

  /** Ends the current rest, or skips the next one. Does not shorten the pause after a failure. */
  wake(): void {
    this.isWoken = true;
    this.endRest();
  }

  /** Resolves when the work under way is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.endRest();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.isWoken = false;
      try {
        const hasMore = await this.options.work();
        this.reportRecovery();
        if (!hasMore) await this.rest();
      } catch (error) {
        this.reportFailure(error);
        await this.pause();
      }
    }
  }

  private async rest(): Promise<void> {
    if (this.isWoken || this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.options.restMs);
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async pause(): Promise<void> {
    const delay = Math.min(FIRST_DELAY_MS * 2 ** this.failures, LONGEST_DELAY_MS);
    await sleep(delay * (0.5 + Math.random() / 2), undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private reportFailure(error: unknown): void {
    if (this.failures++ === 0)
      this.logger.warn(`${this.options.name} is interrupted and goes on trying: ${(error as Error).message}`);
  }

  private reportRecovery(): void {
    if (this.failures > 0) this.logger.log(`${this.options.name} works again.`);
    this.failures = 0;
  }
}
