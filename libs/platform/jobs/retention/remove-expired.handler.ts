import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import { defineJob, type JobHandler, Jobs } from '../../kernel/jobs/jobs.js';
import { everySeconds } from '../../kernel/jobs/schedule.js';
import { RETENTION_BATCH, Retention, retention, retentionByOwner } from './retention.js';

export const removeExpired = defineJob({
  name: 'platform.remove-expired',
  payload: z.object({}),
  schedule: everySeconds(3_600),
});

/** Of tables of the platform. */
export const platformRetention = [
  // Twice the longest life of a cached entry (kernel/cache/cache.ts).
  retention({ table: 'cache_changes', expired: `changed_at < now() - interval '2 hours'` }),
  retention({ table: 'idempotency_keys', expired: `created_at < now() - interval '24 hours'` }),
  // Senders that follow the specification try for less than four days.
  retention({ table: 'received_webhooks', expired: `received_at < now() - interval '7 days'` }),
  retention({ table: 'leases', expired: `expires_at < now() - interval '1 day'` }),
  // A week, so that their owner can still see that they ended.
  retention({
    table: 'sessions',
    expired: `ended_at < now() - interval '7 days' OR expires_at < now() - interval '7 days'`,
  }),
  // Long enough to show who has access and who had it.
  retention({
    table: 'api_keys',
    expired: `expires_at < now() - interval '90 days' OR revoked_at < now() - interval '90 days'`,
  }),
  // A year, but for changes of the signing keys.
  retentionByOwner(
    { table: 'audit_events', expired: `at < now() - interval '1 year' AND type <> 'signing-keys.changed'` },
    'remove_expired_audit_events',
  ),
];

/** Deletes what is past its retention, a batch of each table at a time. */
@Injectable()
export class RemoveExpiredHandler implements JobHandler<object> {
  readonly job = removeExpired;

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly discovery: DiscoveryService,
  ) {}

  async handle(): Promise<void> {
    let isUnfinished = false;
    const providers = this.discovery.getProviders().map(({ instance }): unknown => instance);
    for (const { statement } of providers.filter((instance) => instance instanceof Retention)) {
      const deleted = await this.database.query(statement);
      if (deleted.length === RETENTION_BATCH) isUnfinished = true;
    }
    if (isUnfinished) await this.jobs.enqueue(removeExpired, {});
  }
}
