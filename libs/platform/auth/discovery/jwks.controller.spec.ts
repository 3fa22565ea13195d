import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpApp } from '../../testing/http-app.js';
import { SigningKeys } from '../tokens/signing-keys.js';
import { JwksController } from './jwks.controller.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await httpApp({ controllers: [JwksController], providers: [SigningKeys] });
});
afterAll(() => app.close());

const get = (headers = {}) => app.inject({ method: 'GET', url: '/.well-known/jwks.json', headers });

describe('GET /.well-known/jwks.json', () => {
  it('answers 200 with the public keys, bare, for caches to keep', async () => {
    const response = await get();

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual(app.get(SigningKeys).publicKeySet);
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('application/jwk-set+json'),
      'cache-control': 'public, max-age=300',
    });
    expect(response.body).not.toContain('"d"');
  });

  it.each(['%s', 'W/%s', '"other", %s', '*'])(
    'answers 304 to those who have them (If-None-Match: %s)',
    async (condition) => {
      const { etag } = (await get()).headers;

      const response = await get({ 'if-none-match': condition.replace('%s', String(etag)) });

      expect(response.statusCode).toBe(304);
      expect(response.headers).toMatchObject({ etag, 'cache-control': 'public, max-age=300' });
      expect(response.body).toBe('');
    },
  );

  it('answers 200 to a client that has others', async () => {
    expect((await get({ 'if-none-match': '"other"' })).statusCode).toBe(200);
  });
});
