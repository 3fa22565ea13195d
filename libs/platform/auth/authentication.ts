import { Injectable } from '@nestjs/common';
import { Roles } from '../access/roles.js';
import { ServiceUnavailable } from '../http/http.errors.js';
import type { Principal } from '../kernel/principal.js';
import { AccessTokens, type VerifiedToken } from './access-tokens.js';
import { AuthenticationRequired, SessionEnded } from './auth.errors.js';
import { EndedSessions } from './ended-sessions.js';

type Credentials = Readonly<{ headers: Readonly<{ authorization?: string | undefined }> }>;

/** RFC 6750, section 2.1; the name of a scheme has no case (RFC 9110, section 11.1). */
const BEARER = /^bearer +([^\s]+)$/i;

/** From what a request carries to who is asking. */
@Injectable()
export class Authentication {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly endedSessions: EndedSessions,
    private readonly roles: Roles,
  ) {}

  /** The caller, when everything about it is in memory: no signature to check, nothing to wait for. */
  known({ headers }: Credentials): Principal | undefined {
    const token = bearerToken(headers.authorization);
    const verified = token === undefined ? undefined : this.accessTokens.cached(token);
    if (!verified || !this.endedSessions.isComplete || this.endedSessions.has(verified.sessionId)) return undefined;

    const permissions = this.roles.knownPermissionsOf(verified.userId);
    return permissions && principalOf(verified, permissions);
  }

  /** @throws AuthenticationRequired, AccessTokenInvalid, AccessTokenExpired, SessionEnded */
  async authenticate({ headers }: Credentials): Promise<Principal> {
    const token = bearerToken(headers.authorization);
    if (token === undefined) throw new AuthenticationRequired();
    // Just started, and Postgres does not answer: the token may be one of a session that has ended.
    if (!this.endedSessions.isComplete) throw new ServiceUnavailable();

    const verified = await this.accessTokens.verify(token);
    if (this.endedSessions.has(verified.sessionId)) throw new SessionEnded();
    return principalOf(verified, await this.roles.permissionsOf(verified.userId));
  }
}

function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
}

function principalOf({ userId, sessionId }: VerifiedToken, permissions: ReadonlySet<string>): Principal {
  return { id: userId, kind: 'user', sessionId, permissions };
}
