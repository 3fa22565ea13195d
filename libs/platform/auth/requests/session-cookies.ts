import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieReader } from '../../http/headers/cookies.js';
import type { SessionTokens } from '../../kernel/access/user-sessions.js';

/** The prefix makes browsers refuse them from other hosts, other paths and plain http; localhost counts as secure. */
export const ACCESS_COOKIE = '__Host-session';
const REFRESH_COOKIE = '__Host-refresh';
/** Strict: no request that another site causes carries them, not even a link. What comes back from a provider is no request to us. */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Access tokens are JWTs, and refresh tokens use no other characters. */
const TOKEN = /[\w.-]+/;
const readAccessCookie = cookieReader(ACCESS_COOKIE, TOKEN);
const readRefreshCookie = cookieReader(REFRESH_COOKIE, TOKEN);

type Carrier = Readonly<{ headers: Readonly<{ cookie?: string | undefined }> }>;

export const accessCookieOf = ({ headers: { cookie } }: Carrier): string | undefined => readAccessCookie(cookie);
export const refreshCookieOf = ({ headers: { cookie } }: Carrier): string | undefined => readRefreshCookie(cookie);

export function setSessionCookies(reply: FastifyReply, tokens: SessionTokens): void {
  put(reply, ACCESS_COOKIE, tokens.accessToken, tokens.expiresIn);
  put(reply, REFRESH_COOKIE, tokens.refreshToken, tokens.refreshExpiresIn);
}

/** Says nothing to clients that sent none. */
export function clearSessionCookies(request: FastifyRequest, reply: FastifyReply): void {
  if (accessCookieOf(request) === undefined && refreshCookieOf(request) === undefined) return;
  put(reply, ACCESS_COOKIE, '', 0);
  put(reply, REFRESH_COOKIE, '', 0);
}

/** Fastify keeps one header line for each cookie. */
function put(reply: FastifyReply, name: string, value: string, maxAgeSeconds: number): void {
  void reply.header('set-cookie', `${name}=${value}; Max-Age=${maxAgeSeconds}; ${ATTRIBUTES}`);
}
