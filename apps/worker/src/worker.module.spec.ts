import { DiscoveryService } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { Retention } from '#platform/jobs/retention/retention.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { createWorker } from './worker.js';

describe('the worker', () => {
  it('removes what is past its time from every table whose rows end', async () => {
    const app = await createWorker(loadEnv(aValidEnv()));

    const providers = app.get(DiscoveryService, { strict: false }).getProviders();
    const retentions = providers.map(({ instance }): unknown => instance).filter((each) => each instanceof Retention);

    const names = retentions.map(({ statement }) => statement.name);
    // Those of the platform and of identity; a feature's own specs speak of its own.
    for (const name of [
      'retention.api_keys',
      'retention.audit_events',
      'retention.cache_changes',
      'retention.idempotency_keys',
      'retention.leases',
      'retention.password_resets',
      'retention.registrations',
      'retention.sessions',
    ])
      expect(names).toContain(name);
  });
});
