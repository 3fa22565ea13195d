import type { WebhookAddresses } from '../application/webhook-addresses.js';
import { WebhookUrlRefused } from '../domain/webhook.errors.js';

/** Takes every address but those of this machine by its name. */
export class AllowedAddresses implements WebhookAddresses {
  async require(url: string): Promise<void> {
    if (new URL(url).hostname === 'localhost') throw new WebhookUrlRefused();
  }
}
