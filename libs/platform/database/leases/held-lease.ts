import { type Lease, LockLost } from '../../kernel/locks.js';
import type { Database } from '../database.js';
import { FENCE, RELEASE, RENEW } from './lease-statements.js';
import { LeaseTerm } from './lease-term.js';

/** Of the lease. */
const RENEW_EVERY = 1 / 3;

/** `askedAt`: by `performance.now()`, before the server was asked for the lease. */
type Taken = Readonly<{ key: string; token: number; leaseMs: number; askedAt: number }>;

/** A lock that is held, renewed until it is released. */
export class HeldLease implements Lease {
  readonly token: number;
  private readonly term: LeaseTerm;

  constructor(
    private readonly database: Database,
    private readonly taken: Taken,
  ) {
    const { key, token, leaseMs, askedAt } = taken;
    this.token = token;
    this.term = new LeaseTerm({
      name: `Renewing the lock ${key}`,
      leaseMs,
      askedAt,
      renewEveryMs: leaseMs * RENEW_EVERY,
      renew: () => this.renew(),
      lost: () => new LockLost(),
    });
  }

  get signal(): AbortSignal {
    return this.term.signal;
  }

  throwIfLost(): void {
    this.term.throwIfOver();
  }

  async fence(): Promise<void> {
    if (!this.database.inTransaction)
      throw new Error('Only a transaction can be fenced: outside of one nothing is held.');
    const { key, token } = this.taken;
    const isOurs = (await this.database.query(FENCE, [key, token])).length > 0;
    if (!isOurs) this.term.endWith(new LockLost());
    this.throwIfLost();
  }

  /** Also when it is lost: the row may still be ours. @throws when Postgres cannot be asked; then the lease ends by itself */
  async release(): Promise<void> {
    this.term.stop();
    await this.database.query(RELEASE, [this.taken.key, this.token]);
  }

  private async renew(): Promise<void> {
    const { key, token, leaseMs } = this.taken;
    const renewed = await this.term.extend(() => this.database.query(RENEW, [key, token, leaseMs]));
    if (renewed.length === 0) this.term.endWith(new LockLost());
  }
}
