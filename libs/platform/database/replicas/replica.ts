import { setTimeout as sleep } from 'node:timers/promises';
import type { RoutedPool } from '../pool/routed-pool.js';
import { NamedStatement, type Statement } from '../wire/named-statement.js';
import type { ReplicaProblem } from './replica-problem.js';

/** Where the primary was, and when it was asked, in milliseconds of `performance`. What was committed before that stands before `position`. */
export type Position = Readonly<{ system: string; position: number; at: number }>;

/** The position is a number of bytes since the beginning of the log. Null on a server that is no standby. */
const STATE: Statement = {
  name: 'replicas.state',
  text: `SELECT system_identifier::text AS system, CASE WHEN pg_is_in_recovery()
      THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::int8 END AS replayed
    FROM pg_control_system()`,
};
type State = Readonly<{ system: string; replayed: number | null }>;

/** One that takes longer to say where it is would be no help. */
const PATIENCE_MS = 1_000;

/** A standby: whether it is of use, and since when it may miss what was committed. */
export class Replica {
  private trouble: ReplicaProblem | null = null;
  private asOf = Number.NEGATIVE_INFINITY;
  private readonly openedAt = performance.now();
  private isAsked = false;
  private giveUp = new AbortController();

  constructor(
    readonly pool: RoutedPool,
    private readonly maxLagMs: number,
  ) {}

  /** How long ago the youngest commit may be that it does not know of, at most. Infinite while nobody can tell. */
  lagMs(): number {
    return performance.now() - this.asOf;
  }

  get isUsable(): boolean {
    return this.trouble === null && this.lagMs() <= this.maxLagMs;
  }

  /** Why it is not usable. One that has just been opened is not blamed for what nobody can know yet. */
  get problem(): ReplicaProblem | null {
    const isBehind = !this.isUsable && performance.now() - this.openedAt > this.maxLagMs;
    return this.trouble ?? (isBehind ? 'REPLICA_BEHIND' : null);
  }

  /** What is read here. @throws at once, when the standby falls silent meanwhile */
  reading<T>(read: Promise<T>): Promise<T> {
    const { signal } = this.giveUp;
    return new Promise((resolve, reject) => {
      const lost = () => reject(new Error('The standby does not answer any more.'));
      signal.addEventListener('abort', lost, { once: true });
      read.then(resolve, reject).finally(() => signal.removeEventListener('abort', lost));
    });
  }

  /** Compares it with where the primary was, the latest first. One question at a time: a standby that is silent is not asked again. */
  async compare(positions: readonly Position[]): Promise<void> {
    if (this.isAsked) return;
    this.isAsked = true;
    const answer = this.state().finally(() => (this.isAsked = false));
    // Its caller has stopped waiting, and does not want to know how it ends.
    answer.catch(() => undefined);
    const state = await Promise.race([answer, sleep(PATIENCE_MS, null, { ref: false })]).catch(() => null);
    this.trouble = this.judge(state, positions);
    if (this.trouble === null) return;

    this.giveUp.abort();
    this.giveUp = new AbortController();
  }

  private judge(state: State | null, positions: readonly Position[]): ReplicaProblem | null {
    if (state === null) return 'REPLICA_UNAVAILABLE';
    const { replayed, system } = state;
    if (replayed === null || positions.some((each) => each.system !== system)) return 'REPLICA_IS_NO_STANDBY';

    const known = positions.find(({ position }) => position <= replayed);
    if (known) this.asOf = known.at;
    return null;
  }

  private state(): Promise<State | null> {
    return new Promise((resolve, reject) => {
      const asked = new NamedStatement<State>(STATE, [], (error) =>
        error ? reject(error) : resolve(asked.rows[0] ?? null),
      );
      this.pool.run(asked);
    });
  }
}
