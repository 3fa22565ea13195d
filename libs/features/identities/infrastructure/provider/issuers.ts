import { isSharedIssuer, type OidcProvider, tenantOf } from '#platform/config/values/oidc.js';

type Settings = Pick<OidcProvider, 'issuer' | 'tenants'>;

/**
 * Whether accounts of `issuer`, as tokens name it, come through this provider. Of an issuer that many share each tenant is one of its own:
 * two people of two tenants may have the same subject.
 */
export function speaksFor({ issuer: configured, tenants = [] }: Settings, issuer: string): boolean {
  if (!isSharedIssuer(configured)) return isSameAddress(configured, issuer);

  const tenant = tenantOf(issuer);
  return tenant !== undefined && (tenants.includes('*') || tenants.includes(tenant));
}

/** `iss` and `tid` of a token must name the same tenant (Microsoft identity platform, "ID token claims reference"). */
export const isOfItsTenant = ({ iss = '', tid }: Readonly<{ iss?: string | undefined; tid?: unknown }>): boolean => {
  const tenant = tenantOf(iss);
  return tenant === undefined || tenant === tid;
};

/** Operators write addresses with and without the last slash; what is stored is the provider's own spelling. */
export const isSameAddress = (one: string, other: string): boolean => withoutSlash(one) === withoutSlash(other);

const withoutSlash = (address: string): string | undefined => URL.parse(address)?.href.replace(/\/$/, '');
