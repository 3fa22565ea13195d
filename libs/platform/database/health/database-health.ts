import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database.js';
import { Replicas } from '../replicas/replicas.js';
import type { DatabaseProblem } from './database-problem.js';
import { PoolerCheck } from './pooler-check.js';

/** A standby answers everything but writes. */
const PING: Statement = {
  name: 'health.ping',
  text: `SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`,
};

/** Whether Postgres answers and takes writes, by a way that can be relied on. */
@Injectable()
export class DatabaseHealth {
  constructor(
    private readonly database: Database,
    private readonly poolerCheck: PoolerCheck,
    private readonly replicas: Replicas,
  ) {}

  /** The pooler first: one that is not what it is taken for keeps everything else from being asked. @throws when there is no answer */
  async check(): Promise<{ status: 'down' | 'degraded'; code: DatabaseProblem } | void> {
    const code = (await this.poolerCheck.problem()) ?? (await this.ownProblem());
    if (code !== null) return { status: 'down', code };
    if (this.replicas.problem !== null) return { status: 'degraded', code: this.replicas.problem };
  }

  private async ownProblem(): Promise<DatabaseProblem | null> {
    const [row] = await this.database.query<{ isReadOnly: boolean }>(PING);
    return row?.isReadOnly === true ? 'DATABASE_READ_ONLY' : null;
  }
}
