import { Logger } from '@nestjs/common';
import { Loop } from '../../kernel/loop.js';

/** Of the lease: how long before its end on the server it is over here. */
const SAFE_PART = 0.9;

type Options = Readonly<{
  /** What the log says of its renewal, such as "Renewing the lock reports". */
  name: string;
  leaseMs: number;
  /** By `performance.now()`, before the server was asked for the lease. */
  askedAt: number;
  renewEveryMs: number;
  /** Renews it on the server through `extend`, or ends it. */
  renew: () => Promise<void>;
  /** The reason of the abort when its time has run out. */
  lost: () => Error;
}>;

/**
 * The time of a lease as its holder sees it: renewed until it is stopped. It runs from before the server was asked, by a clock that nobody
 * sets, so that it is over here before it is over there, whatever the two think the time is.
 */
export class LeaseTerm {
  private readonly over = new AbortController();
  private readonly renewing: Loop;
  private readonly firstRenewal: NodeJS.Timeout;
  private endsAt: number;
  private end: NodeJS.Timeout;

  constructor(private readonly options: Options) {
    const { name, leaseMs, askedAt, renewEveryMs } = options;
    this.endsAt = askedAt + leaseMs * SAFE_PART;
    this.end = this.endInTime();
    this.renewing = new Loop({
      name,
      work: () => this.renew(),
      restMs: renewEveryMs,
      longestPauseMs: leaseMs / 10,
      logger: new Logger('Leases'),
    });
    this.firstRenewal = setTimeout(() => void this.renewing.start(), renewEveryMs).unref();
  }

  /** Aborted when it is over. Without effect while the event loop is blocked: then ask `throwIfOver`. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  /** Looks at the clock, so it is right after any pause of the process. @throws the reason for which it is over */
  throwIfOver(): void {
    if (performance.now() >= this.endsAt) this.endWith(this.options.lost());
    this.signal.throwIfAborted();
  }

  /** Its whole time again, from before `ask`, which has the server do the same. @throws what `ask` throws, and when it was over already */
  async extend<T>(ask: () => Promise<T>): Promise<T> {
    const askedAt = performance.now();
    const answer = await ask();
    this.throwIfOver();

    clearTimeout(this.end);
    this.endsAt = Math.max(this.endsAt, askedAt + this.options.leaseMs * SAFE_PART);
    this.end = this.endInTime();
    return answer;
  }

  /** Over before its time. Only the first reason counts. */
  endWith(reason: Error): void {
    if (this.signal.aborted) return;
    this.stop();
    this.over.abort(reason);
  }

  /** It is given back: neither renewed nor ended any more. */
  stop(): void {
    clearTimeout(this.firstRenewal);
    clearTimeout(this.end);
    // Not awaited: a renewal under way may wait for a server that does not answer, and changes nothing after the release.
    void this.renewing.stop();
  }

  private async renew(): Promise<void> {
    try {
      await this.options.renew();
    } catch (error) {
      if (!this.signal.aborted) throw error;
    }
  }

  private endInTime(): NodeJS.Timeout {
    return setTimeout(() => this.endWith(this.options.lost()), this.endsAt - performance.now()).unref();
  }
}
