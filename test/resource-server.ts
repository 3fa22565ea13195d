import * as oauth from 'oauth4webapi';

type Expected = Readonly<{ issuer: string; audience?: string; discovery?: 'oidc' | 'oauth2' }>;

/** The tests speak plain HTTP with a port of this machine. */
const INSECURE = { [oauth.allowInsecureRequests]: true };

/**
 * Another service that accepts our access tokens. All it knows is the issuer and its own name; where the keys are it reads in the issuer's
 * metadata. It verifies with oauth4webapi as RFC 9068, section 4 says, which shares no code with what signs here.
 * @throws when it refuses the token
 */
export async function acceptAtResourceServer(
  accessToken: string,
  { issuer, audience = 'api', discovery = 'oidc' }: Expected,
) {
  const answer = await oauth.discoveryRequest(new URL(issuer), { ...INSECURE, algorithm: discovery });
  const server = await oauth.processDiscoveryResponse(new URL(issuer), answer);
  const request = new Request('https://elsewhere.example.test/', {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return oauth.validateJwtAccessToken(server, request, audience, INSECURE);
}
