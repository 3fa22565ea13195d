import { z } from 'zod';
import { json } from './json.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Tokens and codes travel encrypted, or do not leave the machine. */
const isSafeWebUrl = ({ protocol, hostname }: URL): boolean => protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));

/** Apps receive what belongs to them by a scheme named after their domain (RFC 8252, section 7.1). */
const isAppUrl = ({ protocol }: URL): boolean => /^[a-z][a-z\d+-]*\.[a-z\d.+-]+:$/.test(protocol);

const parsed = (text: string): URL | null => URL.parse(text);

const issuer = z.string().refine((text) => {
  const url = parsed(text);
  return url !== null && isSafeWebUrl(url) && url.search === '' && url.hash === '';
}, 'must be an https URL without query; http only on this machine');

const redirectUri = z.string().refine((text) => {
  const url = parsed(text);
  return url !== null && url.hash === '' && (isSafeWebUrl(url) || isAppUrl(url));
}, 'must be https, http on this machine, or a private scheme such as com.example.app:/signed-in; without a fragment');

const provider = z.strictObject({
  id: z.string().regex(/^[a-z\d][a-z\d-]{0,30}$/, 'must be lower case letters, digits and dashes: it stands in paths'),
  name: z.string().min(1),
  issuer,
  clientId: z.string().min(1),
  /** Without one the client is public, and PKCE alone proves that it is us. */
  clientSecret: z.string().min(1).optional(),
  scopes: z
    .array(z.string().min(1))
    .default(['openid', 'email', 'profile'])
    .refine((scopes) => scopes.includes('openid'), 'must contain openid'),
  /** Other client ids of the same provider whose id_tokens are ours: those of the mobile apps. */
  nativeClientIds: z.array(z.string().min(1)).default([]),
});

const haveOwnIds = (providers: readonly { id: string }[]): boolean => new Set(providers.map(({ id }) => id)).size === providers.length;

export const oidcProviders = json('must be JSON').pipe(z.array(provider).refine(haveOwnIds, 'two providers have the same id'));

export const redirectUris = z.array(redirectUri);
