import { describe, expect, it } from 'vitest';
import { httpApp } from '../../testing/http-app.js';
import { aPrincipal } from '../../testing/principal.factory.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import { DiscoveryController } from './discovery.controller.js';

const PATHS = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
const appWith = (env: Record<string, string> = {}) =>
  httpApp({ controllers: [DiscoveryController], providers: [SigningKeys] }, aPrincipal(), env);

describe.each(PATHS)('GET %s', (url) => {
  it('answers 200 with what is true of us and nothing else, bare, for caches to keep', async () => {
    const { statusCode, headers, body } = await (await appWith({ PUBLIC_URL: 'https://api.example.test/shop' })).inject(
      url,
    );

    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=300']);
    expect(JSON.parse(body)).toEqual({
      issuer: 'https://api.example.test/shop',
      jwks_uri: 'https://api.example.test/shop/.well-known/jwks.json',
      id_token_signing_alg_values_supported: ['ES256'],
      subject_types_supported: ['public'],
    });
  });

  it('names the issuer that tokens name, character by character', async () => {
    const app = await appWith({ AUTH_ISSUER: 'https://id.example.test/' });

    expect((await app.inject(url)).json()).toMatchObject({ issuer: 'https://id.example.test/' });
  });

  it('answers 304 to a client that has it', async () => {
    const app = await appWith();
    const { etag } = (await app.inject(url)).headers;

    expect((await app.inject({ url, headers: { 'if-none-match': String(etag) } })).statusCode).toBe(304);
  });
});
