import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';

export type StoredAnswer = Readonly<{
  fingerprint: Buffer;
  status: number;
  headers: Record<string, string>;
  body: string;
}>;

const LOCK: Statement = {
  name: 'idempotency.lock',
  // Two keys with one hash would only answer 409 to each other, and only while both run.
  text: 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
};
const FIND: Statement = {
  name: 'idempotency.find',
  text: 'SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE principal_id = $1 AND key = $2',
};
const ADD: Statement = {
  name: 'idempotency.add',
  text: 'INSERT INTO idempotency_keys (principal_id, key, fingerprint, status, headers, body) VALUES ($1, $2, $3, $4, $5, $6)',
};

/** Answers by principal and key. Each method belongs into the transaction of the effect. */
@Injectable()
export class StoredAnswers {
  constructor(private readonly database: Database) {}

  /** False while another transaction holds the same key. Looks after it has locked: what is found has been there since. */
  lockAndFind(principalId: string, key: string): Promise<[isLocked: boolean, stored: StoredAnswer | null]> {
    return this.database.inOrder(
      () => this.lock(principalId, key),
      () => this.find(principalId, key),
    );
  }

  private async lock(principalId: string, key: string): Promise<boolean> {
    const [row] = await this.database.query<{ locked: boolean }>(LOCK, [`${principalId} ${key}`]);
    return row?.locked === true;
  }

  private async find(principalId: string, key: string): Promise<StoredAnswer | null> {
    const [row] = await this.database.query<StoredAnswer>(FIND, [principalId, key]);
    return row ?? null;
  }

  async add(principalId: string, key: string, { fingerprint, status, headers, body }: StoredAnswer): Promise<void> {
    await this.database.writeAtCommit(ADD, [principalId, key, fingerprint, status, JSON.stringify(headers), body]);
  }
}
