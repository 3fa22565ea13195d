type Audience = Readonly<{ aud?: string | readonly string[] | undefined; azp?: unknown }>;

/**
 * OpenID Connect Core, section 3.1.3.7, points 4 and 5: `azp` names the one a token was made for, and has to when several may read it.
 * openid-client looks at it only in the latter case.
 */
export function isAuthorizedParty({ aud, azp }: Audience, clientIds: readonly string[]): boolean {
  if (azp === undefined) return !Array.isArray(aud) || aud.length === 1;
  return typeof azp === 'string' && clientIds.includes(azp);
}
