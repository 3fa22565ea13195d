import { LeaseTerm } from '../database/leases/lease-term.js';
import { type Claimed, LeaseLost, type OperationLeases } from './operation-leases.js';

/** Of the lease. As often its owner's wish to cancel it is heard of. */
const KEEP_EVERY = 0.15;

/** The owner has cancelled the operation. */
export class OperationCancelled extends Error {
  override readonly name = 'OperationCancelled';
}

/** Keeps a claimed operation while it is worked on, and notices when it is not to be worked on any more. */
export class HeldOperation {
  private readonly term: LeaseTerm;

  constructor(
    private readonly leases: OperationLeases,
    private readonly claimed: Claimed,
  ) {
    const { leaseMs } = leases;
    this.term = new LeaseTerm({
      name: `Keeping the operation ${claimed.id}`,
      leaseMs,
      askedAt: claimed.askedAt,
      renewEveryMs: leaseMs * KEEP_EVERY,
      renew: () => this.extend(() => leases.keep(claimed)),
      lost: () => new LeaseLost('Postgres did not answer in time.'),
    });
  }

  /** Aborted with LeaseLost or OperationCancelled. */
  get signal(): AbortSignal {
    return this.term.signal;
  }

  /** @throws when `signal` is aborted */
  async report(percent: number, checkpoint: unknown): Promise<void> {
    this.signal.throwIfAborted();
    await this.extend(() => this.leases.report(this.claimed, percent, checkpoint));
    this.signal.throwIfAborted();
  }

  release(): void {
    this.term.stop();
  }

  private async extend(ask: () => Promise<boolean>): Promise<void> {
    try {
      const isCancelled = await this.term.extend(ask);
      if (isCancelled) this.term.endWith(new OperationCancelled('Its owner has cancelled it.'));
    } catch (error) {
      if (error instanceof LeaseLost) this.term.endWith(error);
      throw error;
    }
  }
}
