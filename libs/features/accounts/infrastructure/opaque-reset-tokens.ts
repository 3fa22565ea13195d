import { Injectable } from '@nestjs/common';
import { OpaqueTokens } from '#platform/auth/tokens/opaque-tokens.js';
import { Config } from '#platform/config/config.js';
import type { ResetTokens } from '../application/passwords/reset/reset-tokens.js';

/** Derived from the reset's id whenever it is needed: no table and no queue ever holds one. */
@Injectable()
export class OpaqueResetTokens implements ResetTokens {
  private readonly tokens: OpaqueTokens;

  constructor(config: Config) {
    this.tokens = new OpaqueTokens(config.APP_SECRET, { purpose: 'password-reset', letters: 'pr' });
  }

  issue(resetId: string): string {
    return this.tokens.issue(resetId);
  }

  verify(token: string): string | null {
    return this.tokens.verify(token)?.id ?? null;
  }
}
