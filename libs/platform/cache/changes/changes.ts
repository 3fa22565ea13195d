import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { Loop } from '../../kernel/loop.js';
import { Broadcasts } from '../../redis/broadcasts.js';
import { type ChangeRow, KnownChanges, MOST_CHANGES } from './known-changes.js';
import { Snapshot } from './snapshot.js';

/** Every process shall learn within a second what another one changed, also when Redis lost the message. The other half is for a slow Postgres. */
const INTERVAL_MS = 500;
const CHANNEL = 'cache:changed';
const SEPARATOR = '\n';

const ADD: Statement = {
  name: 'cache.add-changes',
  text: `INSERT INTO cache_changes (transaction, tag) SELECT pg_current_xact_id()::text::bigint, unnest($1::text[])
    ON CONFLICT DO NOTHING`,
};

/** What was committed since the last snapshot, whatever the order in which it began: each change is found exactly once. */
const READ: Statement = {
  name: 'cache.read-changes',
  text: `SELECT pg_current_snapshot()::text AS snapshot, tag, transaction
    FROM (SELECT) AS always LEFT JOIN (
      SELECT tag, max(transaction) AS transaction FROM cache_changes
      WHERE transaction >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, $1::pg_snapshot)
      GROUP BY tag ORDER BY transaction DESC LIMIT $2
    ) AS changes ON true`,
};

/** Postgres records what changed, in the transaction that changed it; Redis spreads the news, and may lose it. */
@Injectable()
export class Changes implements OnModuleInit, OnModuleDestroy {
  /** Who has sent a message: this process has acted on its own ones already. */
  private readonly self = randomUUID();
  private readonly reading = new Loop({
    name: 'Reading what cached values changed',
    work: () => this.catchUp(),
    restMs: INTERVAL_MS,
    longestPauseMs: INTERVAL_MS,
    logger: new Logger(Changes.name),
  });
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
    private readonly known: KnownChanges,
  ) {}

  /** Nobody waits for the first reading: until then no entry of another process is believed. */
  onModuleInit(): void {
    this.broadcasts.subscribe(CHANNEL, (message) => {
      const [sender, ...tags] = message.split(SEPARATOR);
      if (sender !== this.self) this.known.hear(tags);
    });
    void this.reading.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.reading.stop();
  }

  /** Goes with the commit, so it costs no round trip. */
  async record(tags: readonly string[]): Promise<void> {
    await this.database.writeAtCommit(ADD, [tags]);
    this.database.afterCommit(() => {
      this.known.hear(tags);
      this.broadcasts.publish(CHANNEL, [this.self, ...tags].join(SEPARATOR));
    });
  }

  /** Reads once for all who ask while a reading is under way: that one may have begun before what they want to know of. @throws when Postgres does not answer */
  catchUp(): Promise<void> {
    this.next ??= this.current
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return (this.current = this.read());
      });
    return this.next;
  }

  private async read(): Promise<void> {
    const { place, snapshot: before } = this.known;
    const rows = await this.database.query<ChangeRow & { snapshot: string }>(READ, [before.text, MOST_CHANGES]);
    const snapshot = Snapshot.parse(rows[0]?.snapshot ?? '');
    if (snapshot === null) throw new Error('Postgres gave no snapshot.');

    const changed = rows.filter(({ tag }) => tag !== null).reverse();
    if (changed.length === MOST_CHANGES) this.known.forgetUpTo(changed[0]?.transaction ?? 0);
    this.known.read(snapshot, changed, place);
  }
}
