import { describe, expect, it } from 'vitest';
import { aValidEnv } from '../../testing/env.factory.js';
import { loadEnv } from '../load-env.js';

const PROVIDER = { id: 'acme', name: 'Acme', issuer: 'https://acme.example.test', clientId: 'web' };
const load = (overrides: Record<string, string>) => loadEnv(aValidEnv(overrides));
const loadProviders = (...providers: object[]) => load({ OIDC_PROVIDERS: JSON.stringify(providers) }).OIDC_PROVIDERS;

describe('OIDC_PROVIDERS', () => {
  it('may name none, and fills in what is usual', () => {
    expect(load({}).OIDC_PROVIDERS).toEqual([]);
    expect(loadProviders(PROVIDER)).toEqual([
      {
        ...PROVIDER,
        scopes: ['openid', 'email', 'profile'],
        nativeClientIds: [],
        responseMode: 'query',
        emailVerifiedClaim: 'email_verified',
        trustsEmail: false,
      },
    ]);
  });

  it.each(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'])(
    'takes %s: what stays on this machine needs no encryption',
    (issuer) => {
      expect(loadProviders({ ...PROVIDER, issuer })).toHaveLength(1);
    },
  );

  it.each<[string, object]>([
    ['plain http', { issuer: 'http://acme.example.test' }],
    ['an issuer with a query', { issuer: 'https://acme.example.test?tenant=1' }],
    ['an id that is no part of a path', { id: '../evil' }],
    ['scopes without openid', { scopes: ['email'] }],
    ['a misspelled member', { client_id: 'web' }],
  ])('refuses %s', (_what, change) => {
    expect(() => loadProviders({ ...PROVIDER, ...change })).toThrow(/OIDC_PROVIDERS/);
  });

  describe('of an issuer that many tenants share', () => {
    const SHARED = { ...PROVIDER, issuer: 'https://login.microsoftonline.com/common/v2.0' };
    const TENANT = '11111111-1111-4111-8111-111111111111';

    it('say whose people may come in', () => {
      expect(loadProviders({ ...SHARED, tenants: [TENANT.toUpperCase()], trustsEmail: true })).toMatchObject([
        { tenants: [TENANT] },
      ]);
      expect(loadProviders({ ...SHARED, tenants: ['*'] })).toHaveLength(1);
    });

    it.each<[string, RegExp, object]>([
      ['nobody said', /0\.tenants: are needed/, SHARED],
      ['the list is empty', /0\.tenants/, { ...SHARED, tenants: [] }],
      [
        'the issuer ends with a slash',
        /0\.issuer: of Microsoft must be/,
        { ...SHARED, issuer: `${SHARED.issuer}/`, tenants: ['*'] },
      ],
      [
        'a tenant goes by its domain',
        /0\.issuer: of Microsoft must be/,
        { ...PROVIDER, issuer: 'https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0' },
      ],
      ['it is no id', /0\.tenants\.0: must be ids of tenants/, { ...SHARED, tenants: ['example.com'] }],
      ['the issuer is of one tenant', /0\.tenants: are needed/, { ...PROVIDER, tenants: [TENANT] }],
      [
        'anybody could vouch for any address',
        /0\.trustsEmail: cannot go with every tenant/,
        { ...SHARED, tenants: ['*'], trustsEmail: true },
      ],
    ])('are refused when %s', (_why, complaint, settings) => {
      expect(() => loadProviders(settings)).toThrow(complaint);
    });
  });

  it('refuses two providers with one id, and what is not JSON, without printing a secret', () => {
    expect(() => loadProviders(PROVIDER, PROVIDER)).toThrow(/same id/);
    expect(() => load({ OIDC_PROVIDERS: 'hunter2' })).toThrow(/OIDC_PROVIDERS: must be JSON/);
    expect(() => load({ OIDC_PROVIDERS: 'hunter2' })).not.toThrow(/hunter2/);
  });
});

describe('OIDC_REDIRECT_URIS', () => {
  it('are web addresses and those of apps', () => {
    const uris = [
      'https://app.example.test/signed-in?a=1',
      'http://localhost:5173/signed-in',
      'com.example.app:/signed-in',
    ];

    expect(load({ OIDC_REDIRECT_URIS: uris.join(', ') }).OIDC_REDIRECT_URIS).toEqual(uris);
  });

  it.each([
    'http://app.example.test/',
    'https://app.example.test/#here',
    'javascript:alert(1)',
    'data:text/html,x',
    '/signed-in',
    'https://',
  ])('are not %s', (uri) => {
    expect(() => load({ OIDC_REDIRECT_URIS: uri })).toThrow(/OIDC_REDIRECT_URIS/);
  });
});
