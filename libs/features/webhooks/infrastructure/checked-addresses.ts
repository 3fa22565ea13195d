import { Injectable } from '@nestjs/common';
import { OutboundFailure } from '#platform/outbound/outbound-failure.js';
import type { WebhookAddresses } from '../application/webhook-addresses.js';
import { WebhookUrlRefused } from '../domain/webhook.errors.js';
import { Receivers } from './receivers.js';

/** For an early answer. It is each delivery that keeps calls out of our network: a name may lead elsewhere by then. */
@Injectable()
export class CheckedAddresses implements WebhookAddresses {
  constructor(private readonly receivers: Receivers) {}

  async require(url: string): Promise<void> {
    try {
      await this.receivers.check(url);
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      const code = error.reason.replace('-', '_');
      const detail = 'Nothing is sent to this address.';
      throw new WebhookUrlRefused(undefined, { errors: [{ pointer: '#/url', code, detail }], cause: error });
    }
  }
}
