import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, PEOPLE, type ProviderSettings, SETTINGS_VARIABLE } from '../../oidc-provider/settings.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { freePort } from '../../servers/ports.ts';
import { machineEnvironment } from '../../servers/shell-environment.ts';
import type { Program } from '../programs/program.ts';

const ID = 'local';
const IDENTITIES = join(ROOT, 'libs/features/identities');

/** An OpenID provider of our own and what the API has to know about it. */
export type SignInProvider = Readonly<{
  issuer: string;
  /** For the environment of the services. */
  variables: Readonly<Record<string, string>>;
  program: (publicUrl: string) => Program;
}>;

/** Null when the environment names other providers, which people sign in with then, and where nobody can sign in through any. */
export async function prepareSignInProvider(
  env: NodeJS.ProcessEnv,
  lastIssuer?: string,
): Promise<SignInProvider | null> {
  if (env.OIDC_PROVIDERS || env.OIDC_PROVIDERS_FILE || !existsSync(IDENTITIES)) return null;

  const port = await freePort(lastIssuer === undefined ? undefined : Number(new URL(lastIssuer).port));
  // Another host than the API's, as in life: browsers keep cookies by host, whatever the port.
  const issuer = `http://127.0.0.1:${port}`;
  const client = { id: 'local-service', secret: randomBytes(24).toString('base64url') };
  const signingKey = newSigningKey();
  const provider = { id: ID, name: 'Local provider', issuer, clientId: client.id, clientSecret: client.secret };
  return {
    issuer,
    variables: { OIDC_PROVIDERS: JSON.stringify([provider]) },
    program: (publicUrl) => {
      const registered = {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [callbackUrl(publicUrl)],
      };
      return oidcProgram({ issuer, people: PEOPLE, clients: [registered], signingKey });
    },
  };
}

const callbackUrl = (publicUrl: string): string => `${publicUrl.replace(/\/+$/, '')}/v1/auth/oidc/${ID}/callback`;

const oidcProgram = (settings: ProviderSettings): Program => ({
  name: 'oidc',
  args: ['tools/oidc-provider/server.ts'],
  env: { ...machineEnvironment(), [SETTINGS_VARIABLE]: JSON.stringify(settings) },
  readyUrl: `${settings.issuer}/.well-known/openid-configuration`,
  reloads: false,
});
