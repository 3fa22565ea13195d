import { afterAll } from 'vitest';
import { testDatabase } from '#platform/testing/test-database.js';
import { describeDeliveriesRepository } from '../testing/deliveries.repository.contract.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { SqlDeliveriesRepository } from './sql-deliveries.repository.js';
import { SqlEndpointsRepository } from './sql-endpoints.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const secrets = new EndpointSecrets({ APP_SECRET: 'only-for-tests-only-for-tests' } as never);
describeDeliveriesRepository('SqlDeliveriesRepository', () => ({
  endpoints: new SqlEndpointsRepository(database, secrets),
  deliveries: new SqlDeliveriesRepository(database),
  aUserId: () => aStoredUserId(database),
  end: async (id, status) => {
    await database.client.webhookDelivery.update({
      where: { id },
      data: { status, nextAttemptAt: null, endedAt: new Date() },
    });
  },
}));
