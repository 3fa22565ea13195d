import type { DisabledReason, Endpoint } from '../domain/endpoint.js';

export abstract class WebhookMailer {
  /** `messageId` stays the same when a mail has to be sent again. */
  abstract sendDisabled(to: string, endpoint: Endpoint, reason: DisabledReason, messageId: string): Promise<void>;
}
