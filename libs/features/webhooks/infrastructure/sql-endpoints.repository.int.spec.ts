import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '#platform/testing/test-database.js';
import { anEndpoint, NOW } from '../testing/endpoint.factory.js';
import { describeEndpointsRepository } from '../testing/endpoints.repository.contract.js';
import { aStoredUserId } from '../testing/stored-user.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import { SqlEndpointsRepository } from './sql-endpoints.repository.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

const secrets = new EndpointSecrets({ APP_SECRET: 'only-for-tests-only-for-tests' } as never);
const endpoints = new SqlEndpointsRepository(database, secrets);
const aUserId = () => aStoredUserId(database);
describeEndpointsRepository('SqlEndpointsRepository', () => ({ endpoints, aUserId }));

describe('the secret of an endpoint', () => {
  it('is in the table as nobody can read it without APP_SECRET, and opens in its own row alone', async () => {
    const [endpoint, other] = [anEndpoint({ userId: await aUserId() }), anEndpoint({ userId: await aUserId() })];
    const shown = await endpoints.add(endpoint);

    const { secret } = await database.client.webhookEndpoint.findUniqueOrThrow({ where: { id: endpoint.id } });

    expect(Buffer.from(secret).toString('latin1')).not.toContain(shown);
    expect(secrets.open(secret, endpoint.id)).toBe(shown);
    expect(() => secrets.open(secret, other.id)).toThrow();
  });
});

describe('an endpoint of somebody who is gone', () => {
  it.each([
    ['disabled', { status: 'disabled' as const }],
    ['deleted', { deletedAt: NOW }],
  ])('hears of nothing: %s', async (_, state) => {
    const userId = await aUserId();
    await endpoints.add(anEndpoint({ userId }));
    const before = await endpoints.subscribers('thing.done', userId);
    await database.client.user.update({ where: { id: userId }, data: state });

    expect([before.length, (await endpoints.subscribers('thing.done', userId)).length]).toEqual([1, 0]);
  });
});
