import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { EnabledEndpoint } from '../application/enabled-endpoint.js';
import { GetEndpoint } from '../application/get-endpoint.js';
import type { Endpoint } from '../domain/endpoint.js';
import { AllowedAddresses } from './allowed-addresses.js';
import { anEndpoint, aSubscriber, NOW } from './endpoint.factory.js';
import { InMemoryDeliveriesRepository } from './in-memory-deliveries.repository.js';
import { InMemoryEndpointsRepository } from './in-memory-endpoints.repository.js';

/** What use cases are made of, and one endpoint that somebody has. */
export async function setup(overrides: Partial<Endpoint> = {}) {
  const endpoints = new InMemoryEndpointsRepository();
  const deliveries = new InMemoryDeliveriesRepository(endpoints);
  const owner = aSubscriber();
  const endpoint = anEndpoint({ userId: owner.id, ...overrides });
  const secret = await endpoints.add(endpoint);
  const getEndpoint = new GetEndpoint(endpoints);
  return {
    endpoints,
    deliveries,
    owner,
    stranger: aSubscriber(),
    endpoint,
    secret,
    getEndpoint,
    enabledEndpoint: new EnabledEndpoint(getEndpoint),
    addresses: new AllowedAddresses(),
    audit: new RecordedAudit(),
    transaction: new ImmediateTransaction(),
    clock: new StoppedClock(NOW),
  };
}
