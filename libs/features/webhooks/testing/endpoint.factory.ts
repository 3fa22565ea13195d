import type { Principal } from '#platform/kernel/access/principal.js';
import { newId } from '#platform/kernel/values/ids.js';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { readWebhooks, writeWebhooks } from '../application/webhook.permissions.js';
import type { Endpoint } from '../domain/endpoint.js';
import { thingDone } from './thing-done.js';

export const NOW = new Date('2030-01-01T12:00:00.000Z');
export const hoursAfterNow = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

/** One that is enabled and has never failed; override only what the test is about. */
export function anEndpoint(overrides: Partial<Endpoint> = {}): Endpoint {
  return {
    id: newId(),
    userId: newId(),
    url: 'https://receiver.example/hooks',
    description: null,
    events: [thingDone.name],
    audience: 'own',
    disabledBecause: null,
    failingSince: null,
    createdAt: NOW,
    updatedAt: NOW,
    ...overrides,
  };
}

/** Somebody with endpoints of their own, unless told otherwise. */
export const aSubscriber = (...more: readonly string[]): Principal =>
  aHolderOf(readWebhooks.name, writeWebhooks.name, ...more);
