import { z } from 'zod';
import { json } from './json.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Tokens and codes travel encrypted, or do not leave the machine. */
const isSafeWebUrl = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));

/** Apps receive what belongs to them by a scheme named after their domain (RFC 8252, section 7.1). */
const isAppUrl = ({ protocol }: URL): boolean => /^[a-z][a-z\d+-]*\.[a-z\d.+-]+:$/.test(protocol);

const parsed = (text: string): URL | null => URL.parse(text);

/**
 * Microsoft's addresses for people of any organisation. Each of those is an issuer of its own, which only the token names. Other clouds of
 * Microsoft have them too, but openid-client knows this one: there a provider has to name its tenant.
 */
const SHARED_ISSUER = /^https:\/\/login\.microsoftonline\.com\/(?:common|organizations|consumers)\/v2\.0$/;
/** Any other spelling, such as a tenant's domain, leads to it as well; but its tokens name it so, and would be taken for somebody else's. */
const TENANT_ISSUER = /^https:\/\/login\.microsoftonline\.com\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/v2\.0$/;
/** The id of the tenant that an issuer of Microsoft's is; undefined for every other issuer. */
export const tenantOf = (issuer: string): string | undefined => TENANT_ISSUER.exec(issuer)?.[1];

const MICROSOFT = 'login.microsoftonline.com';
const isMicrosoftsOwnSpelling = (text: string): boolean =>
  parsed(text)?.hostname !== MICROSOFT || SHARED_ISSUER.test(text) || tenantOf(text) !== undefined;

const issuer = z
  .string()
  .refine((text) => {
    const url = parsed(text);
    return url !== null && isSafeWebUrl(url) && url.search === '' && url.hash === '';
  }, 'must be an https URL without query; http only on this machine')
  .refine(
    isMicrosoftsOwnSpelling,
    'of Microsoft must be https://login.microsoftonline.com/<id of the tenant>/v2.0, or common, organizations or consumers in place of the id',
  );

const redirectUri = z.string().refine((text) => {
  const url = parsed(text);
  return url !== null && url.hash === '' && (isSafeWebUrl(url) || isAppUrl(url));
}, 'must be https, http on this machine, or a private scheme such as com.example.app:/signed-in; without a fragment');

const ANY_TENANT = '*';

export const isSharedIssuer = (issuer: string): boolean => SHARED_ISSUER.test(issuer);

const tenant = z
  .literal(ANY_TENANT)
  .or(z.guid(`must be ids of tenants, or "${ANY_TENANT}" for all of them`).toLowerCase());

const provider = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z\d][a-z\d-]{0,30}$/, 'must be lower case letters, digits and dashes: it stands in paths'),
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
    /** How the provider sends the browser back (OAuth 2.0 Form Post Response Mode). Apple insists on a form when it is asked for name or address. */
    responseMode: z.enum(['query', 'form_post']).default('query'),
    /** Whose people may come in through an issuer that is shared by many: ids of tenants, or "*" for all of them. */
    tenants: z.array(tenant).min(1).optional(),
    /** The claim that vouches for the address, where it has another name than the standard's: `xms_edov` of Microsoft. */
    emailVerifiedClaim: z.string().min(1).default('email_verified'),
    /**
     * The provider vouches for its addresses without saying so in a claim; when it says the opposite in one, that counts. Dangerous: those who can make it issue somebody else's address
     * gets that person's account here.
     */
    trustsEmail: z.boolean().default(false),
  })
  .refine(({ issuer: at, tenants }) => isSharedIssuer(at) === (tenants !== undefined), {
    path: ['tenants'],
    message:
      'are needed for an issuer that many share, such as https://login.microsoftonline.com/common/v2.0, and for no other',
  })
  .refine(({ trustsEmail, tenants = [] }) => !trustsEmail || !tenants.includes(ANY_TENANT), {
    path: ['trustsEmail'],
    message: 'cannot go with every tenant: anybody can have one, and put any address into it',
  });

export type OidcProvider = z.infer<typeof provider>;

const haveOwnIds = (providers: readonly { id: string }[]): boolean =>
  new Set(providers.map(({ id }) => id)).size === providers.length;

export const oidcProviders = json('must be JSON').pipe(
  z.array(provider).refine(haveOwnIds, 'two providers have the same id'),
);

export const redirectUris = z.array(redirectUri);
