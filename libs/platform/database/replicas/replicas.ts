import { type BeforeApplicationShutdown, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { Loop } from '../../kernel/loop.js';
import type { RoutedPool } from '../pool/routed-pool.js';
import { NamedStatement, type Statement } from '../wire/named-statement.js';
import type { OwnWrites } from './own-writes.js';
import type { Position, Replica } from './replica.js';
import type { ReplicaProblem } from './replica-problem.js';

const COMPARE_EVERY_MS = 1_000;
/** A commit with synchronous_commit=off is in the log three times wal_writer_delay later at most (PostgreSQL, "Asynchronous Commit"), by default 0.6 s. */
const LOGGED_WITHIN_MS = 1_000;

const POSITION: Statement = {
  name: 'replicas.primary-position',
  text: `SELECT system_identifier::text AS system, pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::int8 AS position
    FROM pg_control_system()`,
};

type Options = Readonly<{ primary: RoutedPool; replicas: readonly Replica[]; ownWrites: OwnWrites; maxLagMs: number }>;
type Answered = 'replica' | 'primary';

/**
 * The standbys that a read may go to which says that its answer may be old. Each is compared with the primary every second, so no clocks
 * of other machines have to agree; one that is away, too far behind or no standby of this primary is not asked (docs/decisions/047).
 */
export class Replicas implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly loop = new Loop({
    name: 'Comparing the standbys with the primary',
    work: () => this.compare(),
    restMs: COMPARE_EVERY_MS,
    longestPauseMs: COMPARE_EVERY_MS,
    logger: new Logger('Database'),
  });
  private readonly counter = metrics
    .getMeter('database')
    .createCounter('database.stale_reads', { description: 'Reads that may be stale, by who answered them and why.' });
  /** Where the primary was lately, the latest first. */
  private positions: readonly Position[] = [];
  private turn = 0;

  constructor(private readonly options: Options) {
    const lag = metrics.getMeter('database').createObservableGauge('database.replica.lag', {
      description: 'How old the answers of a standby may be, at most.',
      unit: 's',
    });
    lag.addCallback((result) =>
      options.replicas.forEach((replica, index) => {
        if (Number.isFinite(replica.lagMs())) result.observe(replica.lagMs() / 1_000, { replica: index });
      }),
    );
  }

  onModuleInit(): void {
    if (this.options.replicas.length > 0) void this.loop.start();
  }

  /**
   * Runs `read` on a standby, and once more on the primary when that fails, for whatever reason: the primary's answer is the true one.
   * On the primary alone when no standby is good enough, or when the caller has just changed something.
   */
  async read<T>(read: () => Promise<T>): Promise<T> {
    if (this.options.replicas.length === 0) return read();

    const replica = this.usable();
    if (!replica) return this.fromPrimary('no-replica', read);
    if (await this.options.ownWrites.mayBeMissing()) return this.fromPrimary('own-writes', read);
    try {
      const answer = await replica.reading(this.options.primary.readFrom(replica.pool, read));
      this.count('replica', 'usual');
      return answer;
    } catch {
      return this.fromPrimary('failed', read);
    }
  }

  /** What keeps one of them from being read from. */
  get problem(): ReplicaProblem | null {
    return this.options.replicas.map(({ problem }) => problem).find((problem) => problem !== null) ?? null;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.options.replicas.map(({ pool }) => pool.end()));
  }

  /** Each in turn. */
  private usable(): Replica | undefined {
    const usable = this.options.replicas.filter((replica) => replica.isUsable);
    return usable[this.turn++ % usable.length];
  }

  private fromPrimary<T>(reason: string, read: () => Promise<T>): Promise<T> {
    this.count('primary', reason);
    return read();
  }

  private count(server: Answered, reason: string): void {
    this.counter.add(1, { server, reason });
  }

  private async compare(): Promise<void> {
    const latest = await this.positionOfPrimary();
    const oldest = latest.at - this.options.maxLagMs;
    this.positions = [latest, ...this.positions.filter(({ at }) => at > oldest)];
    await Promise.all(this.options.replicas.map((replica) => replica.compare(this.positions)));
  }

  private positionOfPrimary(): Promise<Position> {
    const at = performance.now() - LOGGED_WITHIN_MS;
    return new Promise((resolve, reject) => {
      const asked = new NamedStatement<Omit<Position, 'at'>>(POSITION, [], (error) => {
        const [row] = asked.rows;
        if (row) resolve({ ...row, at });
        else reject(error ?? new Error('The primary does not say where it is.'));
      });
      this.options.primary.run(asked);
    });
  }
}
