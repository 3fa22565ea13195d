import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { OpaqueTokens, type TokenReference } from './opaque-tokens.js';

/** Refresh tokens name their session and a counter: of all that a session ever had, the row's counter tells which is current. */
@Injectable()
export class RefreshTokens {
  private readonly tokens: OpaqueTokens;

  constructor(config: Config) {
    this.tokens = new OpaqueTokens(config.APP_SECRET, { purpose: 'refresh-tokens', letters: 'rt' });
  }

  issue(sessionId: string, counter: number): string {
    return this.tokens.issue(sessionId, counter);
  }

  verify(token: string): TokenReference | null {
    return this.tokens.verify(token);
  }
}
