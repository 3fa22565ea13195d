import { Logger } from '@nestjs/common';
import { type Lease, LockLost } from '../../kernel/locks.js';
import { Loop } from '../../kernel/loop.js';
import type { Database } from '../database.js';
import { FENCE, RELEASE, RENEW } from './lease-statements.js';

/** Of the lease: how often it is renewed, and how long before its end on the server it is over here. */
const RENEW_AFTER = 1 / 3;
const SAFE_PART = 0.9;

/** `askedAt`: by `performance.now()`, before the server was asked for the lease. */
type Taken = Readonly<{ key: string; token: number; leaseMs: number; askedAt: number }>;

/**
 * A lease that is held, renewed until it is released. Its time here runs from before the server was asked, by a clock that nobody sets, so
 * that it is over here before it is over there, whatever the two think the time is.
 */
export class HeldLease implements Lease {
  readonly token: number;
  readonly signal: AbortSignal;
  private readonly lost = new AbortController();
  private readonly renewing: Loop;
  private readonly firstRenewal: NodeJS.Timeout;
  private endsAt: number;
  private end: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly taken: Taken,
  ) {
    const { token, leaseMs, askedAt } = taken;
    this.token = token;
    this.signal = this.lost.signal;
    this.endsAt = askedAt + leaseMs * SAFE_PART;
    this.end = this.endInTime();
    this.renewing = new Loop({
      name: `Renewing the lock ${taken.key}`,
      work: () => this.renew(),
      restMs: leaseMs * RENEW_AFTER,
      longestPauseMs: leaseMs / 10,
      logger: new Logger('Locks'),
    });
    this.firstRenewal = setTimeout(() => void this.renewing.start(), leaseMs * RENEW_AFTER).unref();
  }

  throwIfLost(): void {
    if (performance.now() >= this.endsAt) this.lose();
    this.signal.throwIfAborted();
  }

  async fence(): Promise<void> {
    if (!this.database.inTransaction)
      throw new Error('Only a transaction can be fenced: outside of one nothing is held.');
    const { key, token } = this.taken;
    const isOurs = (await this.database.query(FENCE, [key, token])).length > 0;
    if (!isOurs) this.lose();
    this.throwIfLost();
  }

  /** Also when it is lost: the row may still be ours. @throws when Postgres cannot be asked; then the lease ends by itself */
  async release(): Promise<void> {
    this.stop();
    await this.database.query(RELEASE, [this.taken.key, this.token]);
  }

  private async renew(): Promise<void> {
    const { key, token, leaseMs } = this.taken;
    const askedAt = performance.now();
    const isOurs = (await this.database.query(RENEW, [key, token, leaseMs])).length > 0;
    if (!isOurs || performance.now() >= this.endsAt) return this.lose();

    clearTimeout(this.end);
    this.endsAt = askedAt + leaseMs * SAFE_PART;
    this.end = this.endInTime();
  }

  private endInTime(): NodeJS.Timeout {
    return setTimeout(() => this.lose(), this.endsAt - performance.now()).unref();
  }

  private lose(): void {
    if (this.signal.aborted) return;
    this.stop();
    this.lost.abort(new LockLost());
  }

  private stop(): void {
    clearTimeout(this.firstRenewal);
    clearTimeout(this.end);
    // Not awaited: a renewal under way may wait for a server that does not answer, and changes nothing after the release.
    void this.renewing.stop();
  }
}
