import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { type Sealed, TokenSeal } from './token-seal.js';

/** Refresh tokens name their session and a counter: of all that a session ever had, the row's counter tells which is current. */
@Injectable()
export class RefreshTokens {
  private readonly tokens: TokenSeal;

  constructor(config: Config) {
    this.tokens = new TokenSeal(config.APP_SECRET, 'refresh-tokens');
  }

  issue(sessionId: string, counter: number): string {
    return this.tokens.seal(sessionId, counter);
  }

  open(token: string): Sealed | null {
    return this.tokens.open(token);
  }
}
