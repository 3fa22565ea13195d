import { Injectable } from '@nestjs/common';
import { TokenSeal } from '#platform/auth/token-seal.js';
import { Config } from '#platform/config/config.js';
import type { EmailTokens } from '../application/email-tokens.js';

/** Derived from the registration's id whenever it is needed: no table and no queue ever holds one. */
@Injectable()
export class SealedEmailTokens implements EmailTokens {
  private readonly tokens: TokenSeal;

  constructor(config: Config) {
    this.tokens = new TokenSeal(config.APP_SECRET, 'email-verification');
  }

  seal(registrationId: string): string {
    return this.tokens.seal(registrationId);
  }

  open(token: string): string | null {
    return this.tokens.open(token)?.id ?? null;
  }
}
