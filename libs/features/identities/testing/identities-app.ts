import type { User } from '#features/accounts/domain/user.js';
import { accountsInMemory } from '#features/accounts/testing/accounts-app.js';
import { accountsSetup } from '#features/accounts/testing/accounts-setup.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Log } from '#platform/logging/log.js';
import { RecordedLog } from '#platform/testing/doubles/recorded-log.js';
import { httpApp } from '#platform/testing/http-app.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { IdentitiesRepository } from '../application/identities.repository.js';
import { IdentityProviders } from '../application/identity-providers.js';
import { SpentProofs } from '../application/sign-in/id-token/spent-proofs.js';
import type { ExternalAccount } from '../domain/identity.js';
import { IdentitiesApiModule } from '../identities.module.js';
import { FakeIdentityProviders } from './fake-identity-providers.js';
import { anExternalAccount } from './identity.factory.js';
import { InMemoryIdentitiesRepository } from './in-memory-identities.repository.js';
import { InMemorySpentProofs } from './in-memory-spent-proofs.js';
import { PKCE, REDIRECT_URI } from './sign-in-flow.js';

/** The feature behind the real pipeline, with the provider `acme`, called by `me`. */
export async function identitiesApp(overrides: Partial<User> = {}, caller: Partial<Principal> = {}) {
  const accounts = accountsSetup();
  const me = await accounts.aStoredUser(overrides);
  const [identities, providers, log] = [
    new InMemoryIdentitiesRepository(),
    new FakeIdentityProviders(),
    new RecordedLog(),
  ];
  const app = await httpApp(
    {
      imports: [IdentitiesApiModule],
      providers: [
        ...accountsInMemory(accounts),
        { provide: IdentitiesRepository, useValue: identities },
        { provide: IdentityProviders, useValue: providers },
        { provide: SpentProofs, useClass: InMemorySpentProofs },
        { provide: Log, useValue: log.logger },
      ],
    },
    aPrincipal({ id: me.id, ...caller }),
    { OIDC_REDIRECT_URIS: [REDIRECT_URI, `${REDIRECT_URI}?from=api`, 'com.example.app:/in'].join(',') },
  );

  const start = (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    app.inject({
      url: `/v1/auth/oidc/acme/start?${new URLSearchParams({ redirectUri: REDIRECT_URI, codeChallenge: PKCE.codeChallenge, ...query })}`,
      headers,
    });

  /** What the browser brings back from the provider, at which `account` has signed in. */
  async function comeBackAs(account: ExternalAccount, redirectUri = REDIRECT_URI) {
    const { headers } = await start({ redirectUri });
    const { state, nonce } = providers.asked.at(-1)!;
    providers.knows(account.subject, account, nonce);
    return { state, code: account.subject, cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
  }

  /** What the client gets for it. */
  async function aCodeFor(account = anExternalAccount()): Promise<string> {
    const { cookie, ...query } = await comeBackAs(account);
    const { headers } = await app.inject({
      url: `/v1/auth/oidc/acme/callback?${new URLSearchParams(query)}`,
      headers: { cookie },
    });
    return new URL(String(headers.location)).searchParams.get('code') ?? '';
  }
  return { app, me, accounts, identities, providers, log, start, comeBackAs, aCodeFor };
}
