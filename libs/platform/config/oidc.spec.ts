import { describe, expect, it } from '@jest/globals';
import { aValidEnv } from '../testing/env.factory.js';
import { loadEnv } from './load-env.js';

const PROVIDER = { id: 'acme', name: 'Acme', issuer: 'https://acme.example.test', clientId: 'web' };
const load = (overrides: Record<string, string>) => loadEnv(aValidEnv(overrides));
const loadProviders = (...providers: object[]) => load({ OIDC_PROVIDERS: JSON.stringify(providers) }).OIDC_PROVIDERS;

describe('OIDC_PROVIDERS', () => {
  it('may name none, and fills in what is usual', () => {
    expect(load({}).OIDC_PROVIDERS).toEqual([]);
    expect(loadProviders(PROVIDER)).toEqual([{ ...PROVIDER, scopes: ['openid', 'email', 'profile'], nativeClientIds: [] }]);
  });

  it.each(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'])('takes %s: what stays on this machine needs no encryption', (issuer) => {
    expect(loadProviders({ ...PROVIDER, issuer })).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['plain http', { issuer: 'http://acme.example.test' }],
    ['an issuer with a query', { issuer: 'https://acme.example.test?tenant=1' }],
    ['an id that is no part of a path', { id: '../evil' }],
    ['scopes without openid', { scopes: ['email'] }],
    ['a misspelled member', { client_id: 'web' }],
  ])('refuses %s', (_what, change) => {
    expect(() => loadProviders({ ...PROVIDER, ...change })).toThrow(/OIDC_PROVIDERS/);
  });

  it('refuses two providers with one id, and what is not JSON, without printing a secret', () => {
    expect(() => loadProviders(PROVIDER, PROVIDER)).toThrow(/same id/);
    expect(() => load({ OIDC_PROVIDERS: 'hunter2' })).toThrow(/OIDC_PROVIDERS: must be JSON/);
    expect(() => load({ OIDC_PROVIDERS: 'hunter2' })).not.toThrow(/hunter2/);
  });
});

describe('OIDC_REDIRECT_URIS', () => {
  it('are web addresses and those of apps', () => {
    const uris = ['https://app.example.test/signed-in?a=1', 'http://localhost:5173/signed-in', 'com.example.app:/signed-in'];

    expect(load({ OIDC_REDIRECT_URIS: uris.join(', ') }).OIDC_REDIRECT_URIS).toEqual(uris);
  });

  it.each(['http://app.example.test/', 'https://app.example.test/#here', 'javascript:alert(1)', 'data:text/html,x', '/signed-in', 'https://'])('are not %s', (uri) => {
    expect(() => load({ OIDC_REDIRECT_URIS: uri })).toThrow(/OIDC_REDIRECT_URIS/);
  });
});
