import { Logger } from '@nestjs/common';

/** Every process shall learn within a second what another one did, also when Redis lost the message. The other half is for a slow Postgres. */
const INTERVAL_MS = 500;

/** Reads from Postgres twice a second what this process must not miss. It outlives every failure, and logs one line per outage. */
export class Polling {
  private timer: NodeJS.Timeout | undefined;
  private isFailing = false;
  private isStopped = false;

  /** `what` names in the log what is read. */
  constructor(
    private readonly what: string,
    private readonly read: () => Promise<void>,
    private readonly logger = new Logger(Polling.name),
  ) {}

  /** Resolves after the first reading, also when that failed. */
  async start(): Promise<void> {
    await this.attempt();
    // Postgres may take its time to answer: the next reading waits for this one.
    if (!this.isStopped) this.timer = setTimeout(() => void this.start(), INTERVAL_MS).unref();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async attempt(): Promise<void> {
    try {
      await this.read();
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`${this.what} cannot be read: ${(error as Error).message}`);
      this.isFailing = true;
    }
  }
}
