import { backoffMs } from './backoff.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

type Options = Readonly<{
  /** What the log says of it, such as "Publishing jobs". */
  name: string;
  /** Returns true when there is more to do at once. */
  work: () => Promise<boolean | void>;
  /** How long it rests when there is nothing to do and nobody wakes it. Without it the work is done once it has succeeded. */
  restMs?: number;
  /** Between failures it pauses longer and longer, up to so long. */
  longestPauseMs?: number;
  logger: Readonly<{ log: (message: string) => void; warn: (message: string) => void }>;
}>;

/**
 * Repeats its work until it is stopped. It outlives every failure of the work, and logs two lines per outage, not two per try.
 * It keeps no process alive.
 */
export class Loop {
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;
  private isWoken = false;
  private failures = 0;
  private endWait = (): void => undefined;
  private endRest = (): void => undefined;

  constructor(private readonly options: Options) {}

  /** Resolves after the first round, also when that failed. */
  start(): Promise<void> {
    return new Promise((firstRound) => {
      this.running = this.run(firstRound);
    });
  }

  /** Ends the current rest, or skips the next one. Does not shorten the pause after a failure. */
  wake(): void {
    this.isWoken = true;
    this.endRest();
  }

  /** Resolves when the work under way is done. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.endWait();
    await this.running;
  }

  private async run(firstRound: () => void): Promise<void> {
    const { longestPauseMs = LONGEST_PAUSE_MS } = this.options;
    while (!this.isStopped) {
      this.isWoken = false;
      const outcome = await this.round();
      firstRound();
      if (outcome === 'done') return;
      if (outcome === 'failed')
        await this.wait(backoffMs({ firstMs: FIRST_PAUSE_MS, longestMs: longestPauseMs }, this.failures));
      if (outcome === 'idle') await this.rest();
    }
  }

  private async round(): Promise<'more' | 'idle' | 'failed' | 'done'> {
    try {
      const hasMore = await this.options.work();
      this.reportRecovery();
      if (hasMore) return 'more';
      return this.options.restMs === undefined ? 'done' : 'idle';
    } catch (error) {
      this.reportFailure(error);
      return 'failed';
    }
  }

  private async rest(): Promise<void> {
    if (this.isWoken) return;
    const resting = this.wait(this.options.restMs ?? 0);
    this.endRest = this.endWait;
    await resting;
    this.endRest = () => undefined;
  }

  private async wait(milliseconds: number): Promise<void> {
    if (this.isStopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds).unref();
      this.endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private reportFailure(error: unknown): void {
    const { name, logger } = this.options;
    if (this.failures++ === 0) logger.warn(`${name} is interrupted and goes on trying: ${(error as Error).message}`);
  }

  private reportRecovery(): void {
    const { name, logger } = this.options;
    if (this.failures > 0) logger.log(`${name} works again.`);
    this.failures = 0;
  }
}
