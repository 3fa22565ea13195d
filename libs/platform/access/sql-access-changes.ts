import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import type { AccessChanges, AccessSubject } from '../kernel/access/access-changes.js';
import { AccessChangeBroadcast } from './access-change-broadcast.js';

/** Holds the row until the transaction ends: the numbers become visible in their order, and the changes do not overlap. */
const NEXT_REVISION: Statement = {
  name: 'access.next-revision',
  text: `INSERT INTO access_revision (id, revision) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET revision = access_revision.revision + 1 RETURNING revision`,
};

@Injectable()
export class SqlAccessChanges implements AccessChanges {
  constructor(
    private readonly database: Database,
    private readonly broadcast: AccessChangeBroadcast,
  ) {}

  during<T>(subject: AccessSubject, work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      const [row] = await this.database.query<{ revision: number }>(NEXT_REVISION);
      const revision = row?.revision as number;
      this.database.afterCommit(() => this.broadcast.publish(revision, subject));
      return work();
    });
  }
}
