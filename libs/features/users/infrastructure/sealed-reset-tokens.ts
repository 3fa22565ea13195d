import { Injectable } from '@nestjs/common';
import { TokenSeal } from '#platform/auth/token-seal.js';
import { Config } from '#platform/config/config.js';
import type { ResetTokens } from '../application/reset-tokens.js';

/** Derived from the reset's id whenever it is needed: no table and no queue ever holds one. */
@Injectable()
export class SealedResetTokens implements ResetTokens {
  private readonly tokens: TokenSeal;

  constructor(config: Config) {
    this.tokens = new TokenSeal(config.APP_SECRET, 'password-reset');
  }

  seal(resetId: string): string {
    return this.tokens.seal(resetId);
  }

  open(token: string): string | null {
    return this.tokens.open(token)?.id ?? null;
  }
}
