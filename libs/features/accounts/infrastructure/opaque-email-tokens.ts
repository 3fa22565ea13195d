import { Injectable } from '@nestjs/common';
import { OpaqueTokens } from '#platform/auth/tokens/opaque-tokens.js';
import { Config } from '#platform/config/config.js';
import type { EmailTokens } from '../application/registration/email-tokens.js';

/** Derived from the registration's id whenever it is needed: no table and no queue ever holds one. */
@Injectable()
export class OpaqueEmailTokens implements EmailTokens {
  private readonly tokens: OpaqueTokens;

  constructor(config: Config) {
    this.tokens = new OpaqueTokens(config.APP_SECRET, { purpose: 'email-verification', letters: 'ev' });
  }

  issue(registrationId: string): string {
    return this.tokens.issue(registrationId);
  }

  verify(token: string): string | null {
    return this.tokens.verify(token)?.id ?? null;
  }
}
