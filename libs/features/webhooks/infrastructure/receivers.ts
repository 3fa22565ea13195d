import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { OutboundClient, type Posted } from '#platform/outbound/outbound-client.js';
import { OutboundFailure } from '#platform/outbound/outbound-failure.js';
import type { PlainAnswer } from '#platform/outbound/plain-call.js';

/** The sender gives all of a call so long; these are the parts. */
const PATIENCE_MS = 15_000;
/** Of an answer: more than is kept, so that most connections can be used again. */
const MAX_BYTES = 16_384;
/** Over all endpoints; how many are called for one of them the sender decides. */
const MOST_CALLS = 200;

/** Calls to servers that users have named: to public addresses alone, and in production by https. */
@Injectable()
export class Receivers {
  private readonly client: OutboundClient;
  private readonly isHttpsOnly: boolean;

  constructor({ NODE_ENV, OUTBOUND_ALLOWED_ADDRESSES }: Config) {
    this.isHttpsOnly = NODE_ENV === 'production';
    this.client = new OutboundClient({
      name: 'webhooks',
      addressesFrom: 'users',
      alsoAllowed: OUTBOUND_ALLOWED_ADDRESSES,
      maxBytes: MAX_BYTES,
      longer: 'cut',
      headersMs: PATIENCE_MS,
      bodyMs: PATIENCE_MS,
      concurrency: MOST_CALLS,
      breakMs: null,
    });
  }

  /** @throws OutboundFailure; the reason of the signal */
  async post(url: string, message: Posted): Promise<PlainAnswer> {
    this.requireProtocol(url);
    return this.client.post(url, message);
  }

  /** Without going there. @throws OutboundFailure */
  async check(url: string): Promise<void> {
    this.requireProtocol(url);
    await this.client.check(url);
  }

  private requireProtocol(url: string): void {
    if (this.isHttpsOnly && URL.parse(url)?.protocol !== 'https:') throw new OutboundFailure('url-refused', 'no https');
  }
}
