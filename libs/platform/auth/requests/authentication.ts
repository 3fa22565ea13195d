import { Injectable } from '@nestjs/common';
import type { Principal } from '../../kernel/access/principal.js';
import { looksLikeApiKey } from '../api-keys/api-key-format.js';
import { ApiKeys } from '../api-keys/api-keys.js';
import { AuthenticationRequired } from '../auth.errors.js';
import { CsrfProtection, type WebRequest } from './csrf-protection.js';
import { SessionAuthentication } from './session-authentication.js';
import { accessCookieOf } from './session-cookies.js';

type Credentials = WebRequest &
  Readonly<{ headers: Readonly<{ authorization?: string | undefined; cookie?: string | undefined }> }>;

/** RFC 6750, section 2.1; the name of a scheme has no case (RFC 9110, section 11.1). */
const BEARER = /^bearer +([^\s]+)$/i;

/** From what a request carries to who is asking. A request that says who is asking in its Authorization header has no use for cookies. */
@Injectable()
export class Authentication {
  constructor(
    private readonly sessions: SessionAuthentication,
    private readonly apiKeys: ApiKeys,
    private readonly csrf: CsrfProtection,
  ) {}

  /** The caller, when everything about it is in memory: no signature to check, nothing to wait for. */
  cachedPrincipal(request: Credentials): Principal | undefined {
    const { authorization } = request.headers;
    if (authorization === undefined) return this.cachedByCookie(request);

    const token = bearerTokenIn(authorization);
    if (token === undefined) return undefined;
    return this.verifierOf(token).cachedPrincipal(token);
  }

  /** @throws AuthenticationRequired, AccessTokenInvalid, AccessTokenExpired, SessionEnded, ApiKeyInvalid, ApiKeyExpired, OriginNotAllowed, CsrfTokenInvalid */
  async authenticate(request: Credentials): Promise<Principal> {
    const { authorization } = request.headers;
    if (authorization === undefined) return this.authenticateByCookie(request);

    const token = bearerTokenIn(authorization);
    if (token === undefined) throw new AuthenticationRequired();
    return this.verifierOf(token).authenticate(token);
  }

  /** Whether this process has verified the credential before, even if its permissions have to be read again. */
  hasVerified(request: Credentials): boolean {
    const { authorization } = request.headers;
    const token = authorization === undefined ? accessCookieOf(request) : bearerTokenIn(authorization);
    return token !== undefined && this.verifierOf(token).hasVerified(token);
  }

  private verifierOf(token: string): ApiKeys | SessionAuthentication {
    return looksLikeApiKey(token) ? this.apiKeys : this.sessions;
  }

  private cachedByCookie(request: Credentials): Principal | undefined {
    const token = accessCookieOf(request);
    const principal = token === undefined ? undefined : this.sessions.cachedPrincipal(token);
    return principal && this.csrf.refusalOf(request, principal.sessionId) === null ? principal : undefined;
  }

  private async authenticateByCookie(request: Credentials): Promise<Principal> {
    const token = accessCookieOf(request);
    if (token === undefined) throw new AuthenticationRequired();

    const principal = await this.sessions.authenticate(token);
    this.csrf.require(request, principal.sessionId);
    return principal;
  }
}

const bearerTokenIn = (authorization: string): string | undefined => BEARER.exec(authorization)?.[1];
