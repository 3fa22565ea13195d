import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieReader } from '#platform/http/headers/cookies.js';
import { CREDENTIAL_PREFIX } from '#platform/kernel/access/credential-prefix.js';
import type { ResponseMode } from '../application/identity-providers.js';

type Cookie = Readonly<{ name: string; sameSite: 'Lax' | 'None' }>;

/**
 * The prefix makes browsers refuse it from other hosts, other paths and plain http; localhost counts as secure. The way back from the
 * provider is cross-site: a redirect brings Lax cookies along, a form that is posted only None. It can be None because it opens nothing:
 * the state that comes with it is encrypted for it. Two cookies, so that a sign-in at one provider does not end one at another.
 */
const COOKIES: Readonly<Record<ResponseMode, Cookie>> = {
  query: { name: '__Host-sign-in', sameSite: 'Lax' },
  form_post: { name: '__Host-sign-in-form', sameSite: 'None' },
};
const LIFETIME_SECONDS = 600;
const SECRET_BYTES = 32;
const PREFIX = `${CREDENTIAL_PREFIX}br_`;
/** The prefix, and how 32 bytes look in base64url. */
const VALUE = new RegExp(`${PREFIX}[\\w-]{43}`);
const readers = {
  query: cookieReader(COOKIES.query.name, VALUE),
  form_post: cookieReader(COOKIES.form_post.name, VALUE),
};

/** The secret that tells this browser from every other one while it is away at the provider; null when it has none. */
export const browserOf = ({ headers }: FastifyRequest, mode: ResponseMode): string | null =>
  readers[mode](headers.cookie) ?? null;

/** Kept when there is one, so that sign-ins begun in two tabs both come to an end. */
export function rememberBrowser(request: FastifyRequest, reply: FastifyReply, mode: ResponseMode): string {
  const { name, sameSite } = COOKIES[mode];
  const browser = browserOf(request, mode) ?? PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  void reply.header(
    'set-cookie',
    `${name}=${browser}; Path=/; Max-Age=${LIFETIME_SECONDS}; Secure; HttpOnly; SameSite=${sameSite}`,
  );
  return browser;
}
