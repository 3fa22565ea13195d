import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SessionClient, SessionTokens } from '../../kernel/access/user-sessions.js';
import { RefreshTokenInvalid, RefreshTokenMissing } from '../auth.errors.js';
import { Sessions } from '../sessions/sessions.js';
import { RefreshTokens } from '../tokens/refresh-tokens.js';
import { CsrfProtection } from './csrf-protection.js';
import { clearSessionCookies, refreshCookieOf, setSessionCookies } from './session-cookies.js';

export const transport = z.enum(['bearer', 'cookie']).default('bearer').meta({
  description:
    'How the client keeps the session: by itself (apps, services), or in cookies that no script can read (web pages).',
});
export type Transport = z.infer<typeof transport>;

/** What the body of the answer says. With cookies the refresh token is not in it. */
export type SessionAnswer = Omit<SessionTokens, 'refreshToken'> &
  Readonly<{ refreshToken?: string; csrfToken?: string }>;

type Exchange = Readonly<{ request: FastifyRequest; reply: FastifyReply }>;

/** Between sessions, which know nothing of HTTP, and clients, which hold them in one of two ways. */
@Injectable()
export class SessionTransport {
  constructor(
    private readonly sessions: Sessions,
    private readonly refreshTokens: RefreshTokens,
    private readonly csrf: CsrfProtection,
  ) {}

  /** Every way to sign in ends here. `begin` checks who it is. @throws OriginNotAllowed, before anything is begun */
  async signIn(
    { request, reply }: Exchange,
    chosen: Transport,
    begin: (client: SessionClient) => Promise<SessionTokens>,
  ): Promise<SessionAnswer> {
    if (chosen === 'cookie') this.csrf.requireNotForeign(request);
    const tokens = await begin(clientOf(request));
    return chosen === 'cookie' ? this.intoCookies(tokens, reply) : tokens;
  }

  /**
   * A token in the body says that the client keeps it by itself; without one it is in a cookie.
   * @throws RefreshTokenMissing, RefreshTokenInvalid, RefreshTokenReused, OriginNotAllowed, CsrfTokenInvalid
   */
  async refresh({ request, reply }: Exchange, fromBody: string | undefined): Promise<SessionAnswer> {
    if (fromBody !== undefined) return this.sessions.refresh(fromBody);

    const refreshToken = refreshCookieOf(request);
    if (refreshToken === undefined) throw new RefreshTokenMissing();
    const reference = this.refreshTokens.verify(refreshToken);
    if (reference === null) throw new RefreshTokenInvalid();
    this.csrf.require(request, reference.id);
    return this.intoCookies(await this.sessions.refresh(refreshToken), reply);
  }

  async end({ request, reply }: Exchange, sessionId: string | null): Promise<void> {
    if (sessionId !== null) await this.sessions.end(sessionId);
    this.forget({ request, reply });
  }

  /** For a client whose own session is over: its cookies open nothing any more. */
  forget({ request, reply }: Exchange): void {
    clearSessionCookies(request, reply);
  }

  private intoCookies(tokens: SessionTokens, reply: FastifyReply): SessionAnswer {
    setSessionCookies(reply, tokens);
    const { refreshToken: _, ...rest } = tokens;
    return { ...rest, csrfToken: this.csrf.tokenFor(tokens.sessionId) };
  }
}

function clientOf({ headers, ip }: FastifyRequest): SessionClient {
  return { userAgent: headers['user-agent'] ?? null, ipAddress: ip };
}
