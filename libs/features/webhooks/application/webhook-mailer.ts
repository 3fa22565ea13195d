import type { Recipient } from '#features/accounts/index.js';
import type { DisabledReason, Endpoint } from '../domain/endpoint.js';

export abstract class WebhookMailer {
  /** `messageId` stays the same when a mail has to be sent again. */
  abstract sendDisabled(to: Recipient, endpoint: Endpoint, reason: DisabledReason, messageId: string): Promise<void>;
}
