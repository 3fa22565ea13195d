import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Client } from 'pg';
import { Config } from '../../config/config.js';
import { failureCodes } from '../failures/failure-codes.js';
import { RoutedPool } from '../pool/routed-pool.js';
import type { PoolerProblem } from '../pooler/pooler-problem.js';
import { NamedStatement, type Statement } from '../wire/named-statement.js';

const APPLIED: Statement = {
  name: 'pooler.applied-settings',
  text: `SELECT extract(epoch FROM current_setting('statement_timeout')::interval) * 1000 AS "timeoutMs"`,
};
/** Named, so that it is prepared: on a server connection that has not seen it, a pooler must prepare it again. */
const SERVER: Statement = { name: 'pooler.server-process', text: 'SELECT pg_backend_pid() AS pid' };

/** Each round finds a pooler in transaction mode with near certainty, as it hands out last what it got back last. */
const ROUNDS = 3;
/** A pooler with a single connection makes one question wait for the other's transaction. */
const PATIENCE_MS = 100;
const FAREWELL_MS = 500;

/** PostgreSQL, appendix A: protocol_violation, and a prepared statement that is missing or there already. */
const REFUSED_AT_START = '08P01';
const STATEMENT_LOST = new Set<unknown>(['26000', '42P05']);

/** Whether what stands between this service and Postgres is what DATABASE_POOLER says. */
@Injectable()
export class PoolerCheck {
  private isRight = false;

  constructor(
    @Inject(RoutedPool) private readonly pool: RoutedPool,
    private readonly config: Config,
  ) {}

  /**
   * Asks until nothing is found wrong once. What it finds is wrong for sure; a pooler that happens to lend the same connection each
   * time is not found. @throws what keeps Postgres from being asked
   */
  async problem(): Promise<PoolerProblem | null> {
    if (this.isRight) return null;
    const problem = await this.look().catch(toProblem);
    this.isRight = problem === null;
    return problem;
  }

  private async look(): Promise<PoolerProblem | null> {
    if (this.config.DATABASE_POOLER === 'none') return this.lookAtSettings();
    return this.withClient((one) => this.withClient((other) => this.compare(one, other)));
  }

  /** As the pool opens them, but none of the pool's: two at once would be too many for a small one, and a wrong pooler may leave anything on them. */
  private async withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = this.pool.unpooledClient();
    try {
      await client.connect();
      return await work(client);
    } finally {
      await Promise.race([client.end().catch(() => undefined), sleep(FAREWELL_MS, undefined, { ref: false })]);
    }
  }

  private async lookAtSettings(): Promise<PoolerProblem | null> {
    const [row] = await this.withClient((client) => this.ask<{ timeoutMs: string }>(client, APPLIED));
    return Number(row?.timeoutMs) === this.config.DATABASE_STATEMENT_TIMEOUT ? null : 'POOLER_DROPS_SETTINGS';
  }

  /** While `other` is in a transaction it has its server connection to itself, and `one`, when it asks again, another or the same as before. */
  private async compare(one: Client, other: Client): Promise<PoolerProblem | null> {
    for (let round = 0; round < ROUNDS; round++) {
      const before = await this.processOf(one);
      await other.query('BEGIN');
      const lent = await this.processOf(other);
      const asked = this.processOf(one);
      await Promise.race([asked.catch(() => undefined), sleep(PATIENCE_MS)]);
      await other.query('ROLLBACK');
      const isShared = (await asked) !== before || before === lent;
      if (isShared && this.config.DATABASE_POOLER === 'session') return 'POOLER_SHARES_CONNECTIONS';
    }
    return null;
  }

  private async processOf(client: Client): Promise<number | undefined> {
    return (await this.ask<{ pid: number }>(client, SERVER))[0]?.pid;
  }

  private ask<Row>(client: Client, statement: Statement): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const asked: NamedStatement<Row> = new NamedStatement<Row>(statement, [], (error) =>
        error ? reject(error) : resolve(asked.rows),
      );
      this.pool.send(client, [asked]);
    });
  }
}

function toProblem(error: unknown): PoolerProblem {
  const codes = failureCodes(error);
  if (codes.some((code) => STATEMENT_LOST.has(code))) return 'POOLER_LOSES_STATEMENTS';
  if (codes.includes(REFUSED_AT_START) && /startup parameter/.test((error as Error).message))
    return 'POOLER_REFUSES_SETTINGS';
  throw error;
}
