import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { Endpoint } from '../domain/endpoint.js';

/** Whose endpoints: one's own, and with `everybody` those of others that hear of everybody's events. */
export type Viewer = Readonly<{ userId: string; everybody: boolean }>;

export abstract class EndpointsRepository {
  /** Gives the endpoint a secret, and answers with it: it is shown this once. */
  abstract add(endpoint: Endpoint): Promise<string>;

  abstract count(userId: string): Promise<number>;

  /** Null for somebody else's, as for a missing one. */
  abstract find(id: string, viewer: Viewer): Promise<Endpoint | null>;

  /** Whoever's. */
  abstract findById(id: string): Promise<Endpoint | null>;

  /** Newest first. */
  abstract list(viewer: Viewer, page: PageRequest<string>): Promise<Page<Endpoint>>;

  /** @throws WebhookEndpointNotFound */
  abstract update(id: string, viewer: Viewer, change: (current: Endpoint) => Endpoint): Promise<Endpoint>;

  /**
   * Answers with a new secret. The one before signs until then as well; one that did so already is forgotten.
   * @throws WebhookEndpointNotFound
   */
  abstract replaceSecret(id: string, until: Date): Promise<string>;

  /** With all its deliveries. @throws WebhookEndpointNotFound */
  abstract delete(id: string, viewer: Viewer): Promise<void>;

  /** Those that are enabled, subscribe to the event, and may hear of that user. */
  abstract subscribers(event: string, userId: string): Promise<readonly string[]>;
}
