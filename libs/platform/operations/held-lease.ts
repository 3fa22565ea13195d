import { type Claimed, LeaseLost, type OperationLeases } from './operation-leases.js';

/** As parts of the lease. This worker stops before another one can begin, with room for what clocks and networks may differ. */
const KEEP_EVERY = 0.15;
const TRUSTED = 0.8;

/** The owner has cancelled the operation. */
export class OperationCancelled extends Error {
  override readonly name = 'OperationCancelled';
}

/** Keeps a claimed operation while it is worked on, and notices when it is not to be worked on any more. */
export class HeldLease {
  private readonly over = new AbortController();
  private readonly timer: NodeJS.Timeout;
  /** When the last question that was answered had been asked. */
  private keptAt = performance.now();
  private asking = false;

  constructor(
    private readonly leases: OperationLeases,
    private readonly claimed: Claimed,
  ) {
    this.timer = setInterval(() => void this.keep(), leases.leaseMs * KEEP_EVERY).unref();
  }

  /** Aborted with LeaseLost or OperationCancelled. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  /** @throws when `signal` is aborted */
  async report(percent: number, checkpoint: unknown): Promise<void> {
    this.signal.throwIfAborted();
    await this.extend(() => this.leases.report(this.claimed, percent, checkpoint));
    this.signal.throwIfAborted();
  }

  release(): void {
    clearInterval(this.timer);
  }

  private async keep(): Promise<void> {
    if (performance.now() - this.keptAt > this.leases.leaseMs * TRUSTED)
      this.over.abort(new LeaseLost('Postgres did not answer in time.'));
    if (this.asking || this.signal.aborted) return;

    this.asking = true;
    // Without an answer it is asked again, until the time that is trusted is over.
    await this.extend(() => this.leases.keep(this.claimed)).catch(() => undefined);
    this.asking = false;
  }

  private async extend(ask: () => Promise<boolean>): Promise<void> {
    const askedAt = performance.now();
    try {
      const isCancelled = await ask();
      this.keptAt = askedAt;
      if (isCancelled) this.over.abort(new OperationCancelled('Its owner has cancelled it.'));
    } catch (error) {
      if (error instanceof LeaseLost) this.over.abort(error);
      throw error;
    }
  }
}
