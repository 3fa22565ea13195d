import { Injectable } from '@nestjs/common';
import { type Access, Roles } from '../../access/roles.js';
import type { Principal } from '../../kernel/access/principal.js';
import { unavailable } from '../../kernel/errors/service-unavailable.js';
import { SessionEnded } from '../auth.errors.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { AccessTokens, type VerifiedToken } from '../tokens/access-tokens.js';

/** From an access token to the user whose session it proves, however it got here. */
@Injectable()
export class SessionAuthentication {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly endedSessions: EndedSessions,
    private readonly roles: Roles,
  ) {}

  /** The caller, when everything about it is in memory: no signature to check, nothing to wait for. */
  cachedPrincipal(token: string): Principal | undefined {
    const verified = this.accessTokens.cached(token);
    if (!verified || !this.endedSessions.isComplete || this.endedSessions.has(verified.sessionId)) return undefined;

    const access = this.roles.cachedAccessOf(verified.userId);
    return access && principalOf(verified, access);
  }

  hasVerified(token: string): boolean {
    return this.accessTokens.cached(token) !== undefined;
  }

  /** @throws AccessTokenInvalid, AccessTokenExpired, SessionEnded */
  async authenticate(token: string): Promise<Principal> {
    // Just started, and Postgres does not answer: the token may be one of a session that has ended.
    if (!this.endedSessions.isComplete) throw unavailable('database');

    const verified = await this.accessTokens.verify(token);
    if (this.endedSessions.has(verified.sessionId)) throw new SessionEnded();
    return principalOf(verified, await this.roles.accessOf(verified.userId));
  }
}

function principalOf({ userId, sessionId }: VerifiedToken, { roles, permissions }: Access): Principal {
  return { id: userId, kind: 'user', sessionId, roles, permissions };
}
