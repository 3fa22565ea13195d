import * as oauth from 'oauth4webapi';

/**
 * Another service that accepts our access tokens. All it knows is our address and its own name; the keys it fetches from
 * /.well-known/jwks.json. It verifies with oauth4webapi as RFC 9068, section 4 says, which shares no code with what signs here.
 * @throws when it refuses the token
 */
export function acceptAtResourceServer(accessToken: string, { issuer, audience = 'api' }: { issuer: string; audience?: string }) {
  const server: oauth.AuthorizationServer = { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` };
  const request = new Request('https://elsewhere.example.test/', { headers: { authorization: `Bearer ${accessToken}` } });
  // The tests speak plain HTTP with a port of this machine.
  return oauth.validateJwtAccessToken(server, request, audience, { [oauth.allowInsecureRequests]: true });
}
