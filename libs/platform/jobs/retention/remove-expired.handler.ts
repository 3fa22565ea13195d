import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import { defineJob, type JobHandler, Jobs } from '../../kernel/jobs.js';
import { defineRetention, RETENTION_BATCH, retentionStatements } from './retention.js';

export const removeExpired = defineJob({ name: 'platform.remove-expired', payload: z.object({}), everySeconds: 3_600 });

// Tables of the platform. Features declare theirs themselves.
defineRetention({ table: 'idempotency_keys', expired: `created_at < now() - interval '24 hours'` });
// A week, so that their owner can still see that they ended.
defineRetention({
  table: 'sessions',
  expired: `ended_at < now() - interval '7 days' OR expires_at < now() - interval '7 days'`,
});
// Long enough to show who has access and who had it.
defineRetention({
  table: 'api_keys',
  expired: `expires_at < now() - interval '90 days' OR revoked_at < now() - interval '90 days'`,
});
// Keys are compared with those of the last change, however long ago it was.
defineRetention({
  table: 'audit_events',
  expired: `at < now() - interval '1 year' AND type <> 'signing-keys.changed'`,
});

/** Deletes what is past its retention, a batch of each table at a time. */
@Injectable()
export class RemoveExpiredHandler implements JobHandler<object> {
  readonly job = removeExpired;

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  async handle(): Promise<void> {
    let isUnfinished = false;
    for (const statement of retentionStatements()) {
      const deleted = await this.database.query(statement);
      if (deleted.length === RETENTION_BATCH) isUnfinished = true;
    }
    if (isUnfinished) await this.jobs.enqueue(removeExpired, {});
  }
}
