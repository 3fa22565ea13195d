import type { Workload } from './workload.js';

type Waiting = Readonly<{ start: (error?: Error) => void; timer: NodeJS.Timeout }>;
type Share = { held: number; readonly waiting: Set<Waiting> };

/**
 * Before the pool's connections: no workload holds all of them, and the one that holds the fewest is next (fair queueing). Requests that
 * wait for one locked table take what is left over from the others, and no more. Without contention it counts up and down.
 *
 * Workloads are few, such as the routes, so what they hold is remembered for good.
 */
export class FairQueue {
  private readonly shares = new Map<Workload, Share>();
  private readonly most: number;
  private held = 0;
  private waiting = 0;

  /** `patienceMs`: the longest time somebody waits. */
  constructor(
    private readonly places: number,
    private readonly patienceMs: number,
  ) {
    this.most = Math.max(1, places - 1);
  }

  /** Whether there is a place, which `leave` has to give back. */
  tryEnter(workload: Workload): boolean {
    const share = this.shareOf(workload);
    if (this.held >= this.places || share.held >= this.most) return false;

    this.take(share);
    return true;
  }

  /** Calls back once: without an error when there is a place, which `leave` has to give back. */
  wait(workload: Workload, start: (error?: Error) => void): void {
    const share = this.shareOf(workload);
    const timer = setTimeout(() => {
      this.forget(share, entry);
      // In the words of pg's pool, by which an outage is known.
      start(new Error('timeout exceeded when trying to connect'));
    }, this.patienceMs).unref();
    const entry: Waiting = { start, timer };
    share.waiting.add(entry);
    this.waiting++;
  }

  leave(workload: Workload): void {
    this.shareOf(workload).held--;
    this.held--;
    if (this.waiting > 0) this.letIn();
  }

  private letIn(): void {
    const next = this.next();
    const [first] = next?.waiting ?? [];
    if (!next || !first) return;

    clearTimeout(first.timer);
    this.forget(next, first);
    this.take(next);
    first.start();
  }

  private take(share: Share): void {
    share.held++;
    this.held++;
  }

  private forget(share: Share, entry: Waiting): void {
    share.waiting.delete(entry);
    this.waiting--;
  }

  private next(): Share | undefined {
    let fewest: Share | undefined;
    for (const share of this.shares.values()) {
      if (share.waiting.size > 0 && share.held < Math.min(this.most, fewest?.held ?? Infinity)) fewest = share;
    }
    return fewest;
  }

  private shareOf(workload: Workload): Share {
    let share = this.shares.get(workload);
    if (share === undefined) this.shares.set(workload, (share = { held: 0, waiting: new Set() }));
    return share;
  }
}
