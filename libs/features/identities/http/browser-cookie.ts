import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieReader } from '#platform/http/cookies.js';
import { CREDENTIAL_PREFIX } from '#platform/kernel/credential-prefix.js';

/** The prefix makes browsers refuse it from other hosts, other paths and plain http; localhost counts as secure. */
const NAME = '__Host-sign-in';
const LIFETIME_SECONDS = 600;
const SECRET_BYTES = 32;
const PREFIX = `${CREDENTIAL_PREFIX}br_`;
/** The prefix, and how 32 bytes look in base64url. */
const readCookie = cookieReader(NAME, new RegExp(`${PREFIX}[\\w-]{43}`));

/** The secret that tells this browser from every other one while it is away at the provider; null when it has none. */
export const browserOf = ({ headers }: FastifyRequest): string | null => readCookie(headers.cookie) ?? null;

/** Kept when there is one, so that sign-ins begun in two tabs both come to an end. Lax: the way back from the provider is cross-site. */
export function rememberBrowser(request: FastifyRequest, reply: FastifyReply): string {
  const browser = browserOf(request) ?? PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  void reply.header('set-cookie', `${NAME}=${browser}; Path=/; Max-Age=${LIFETIME_SECONDS}; Secure; HttpOnly; SameSite=Lax`);
  return browser;
}
