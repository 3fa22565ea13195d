import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { SealedText } from '#platform/config/sealed-text.js';

/** Secrets of endpoints, as the table holds them. */
@Injectable()
export class EndpointSecrets extends SealedText {
  constructor({ APP_SECRET }: Config) {
    super(APP_SECRET, 'webhook-secrets');
  }
}
