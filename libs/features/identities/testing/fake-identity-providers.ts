import type {
  AuthorizationChecks,
  IdentityProviders,
  Provider,
  ResponseMode,
  VerifiedIdToken,
} from '../application/identity-providers.js';
import { IdTokenInvalid, OidcSignInFailed } from '../domain/identity.errors.js';
import type { ExternalAccount } from '../domain/identity.js';
import { ISSUER } from './identity.factory.js';

/** One provider, `acme`. It believes every code and token that it was told about, when they come with the right nonce. */
export class FakeIdentityProviders implements IdentityProviders {
  readonly asked: AuthorizationChecks[] = [];
  /** With what browsers came back, as it came. */
  readonly redeemed: string[] = [];
  private readonly accounts = new Map<string, { account: ExternalAccount; nonce: string; expiresAt: Date }>();
  /** What every request to the provider ends with, when a test says so. */
  failure: Error | undefined;
  responseMode: ResponseMode = 'query';

  knows(proof: string, account: ExternalAccount, nonce: string, expiresAt = new Date(8.64e15)): void {
    this.accounts.set(proof, { account, nonce, expiresAt });
  }

  list() {
    return [this.get()];
  }

  get(): Provider {
    return { id: 'acme', name: 'Acme', responseMode: this.responseMode };
  }

  idOf(issuer: string) {
    return issuer === ISSUER ? 'acme' : null;
  }

  async authorizationUrl(_provider: string, checks: AuthorizationChecks): Promise<string> {
    if (this.failure) throw this.failure;
    this.asked.push(checks);
    return `${ISSUER}/authorize?state=${checks.state}`;
  }

  async redeem(_provider: string, query: string, { nonce }: AuthorizationChecks): Promise<ExternalAccount> {
    if (this.failure) throw this.failure;
    this.redeemed.push(query);
    const known = this.accounts.get(new URLSearchParams(query).get('code') ?? '');
    if (known?.nonce !== nonce) throw new OidcSignInFailed();
    return known.account;
  }

  async verify(_provider: string, idToken: string, nonce: string): Promise<VerifiedIdToken> {
    if (this.failure) throw this.failure;
    const known = this.accounts.get(idToken);
    if (known?.nonce !== nonce) throw new IdTokenInvalid();
    return { ...known, signedPart: idToken };
  }
}
