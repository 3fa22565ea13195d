const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2_000;
/** For what only people can mend, such as a wrong password. */
const LONGEST_DELAY_WHEN_REFUSED_MS = 5_000;

/** A connection that lasted so long was a good one. One that opens and is useless at once, as on a replica, goes on waiting longer. */
export const LASTING_MS = 3_000;

/** How long one connection waits before it tries again: twice as long each time, until it has lasted. */
export class ReconnectionDelay {
  isRefused = false;
  private attempts = 0;
  private openSince: number | undefined;

  opened(): void {
    this.openSince = Date.now();
  }

  /** Milliseconds. Jitter, so that a restarted Redis does not meet every process in the same instant. */
  next(): number {
    const hasLasted = this.openSince !== undefined && Date.now() - this.openSince >= LASTING_MS;
    this.attempts = hasLasted ? 1 : this.attempts + 1;
    this.openSince = undefined;
    const longest = this.isRefused ? LONGEST_DELAY_WHEN_REFUSED_MS : LONGEST_DELAY_MS;
    return Math.min(FIRST_DELAY_MS * 2 ** this.attempts, longest) * (0.5 + Math.random() / 2);
  }
}
