const TEXT = /^(\d+):(\d+):(|\d+(?:,\d+)*)$/;

/**
 * Which transactions somebody saw: pg_snapshot as Postgres writes it, `xmin:xmax:those in between that had not ended`
 * (PostgreSQL, "pg_snapshot components").
 */
export class Snapshot {
  private readonly running: ReadonlySet<number>;

  private constructor(
    readonly text: string,
    private readonly xmin: number,
    private readonly xmax: number,
    running: string,
  ) {
    this.running = new Set(running === '' ? [] : running.split(',').map(Number));
  }

  /** Of a process that has seen nothing yet. */
  static readonly NOTHING = new Snapshot('1:1:', 1, 1, '');

  /** Null when the text is none. */
  static parse(text: string): Snapshot | null {
    const [, xmin, xmax, running] = TEXT.exec(text) ?? [];
    return running === undefined ? null : new Snapshot(text, Number(xmin), Number(xmax), running);
  }

  sees(transaction: number): boolean {
    return transaction < this.xmin || (transaction < this.xmax && !this.running.has(transaction));
  }

  /** That one and all before it. */
  seesAllUpTo(transaction: number): boolean {
    return transaction < this.xmin;
  }
}
