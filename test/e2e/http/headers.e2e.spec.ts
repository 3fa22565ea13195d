import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasFeature } from '#platform/testing/system/features.js';
import { type Person, signUp } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

const ORIGIN = 'https://app.example.test';

let system: System;
let person: Person;
beforeAll(async () => {
  system = await startSystem({ ...withParcels, CORS_ORIGINS: ORIGIN });
  person = await signUp(system);
});
afterAll(() => system.stop());

describe('every answer', () => {
  it.each([['/v1/me'], ['/v1/nothing'], ['/health/live'], ['/docs']])('protects browsers: %s', async (path) => {
    const { headers } = await system.client.get(path, { token: person.token });

    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('repeats a sane request id', async () => {
    const { headers } = await system.client.get('/health/live', { headers: { 'x-request-id': 'abc-123' } });

    expect(headers.get('x-request-id')).toBe('abc-123');
  });

  it.each([
    ['too long', 'x'.repeat(129)],
    ['with spaces', 'a b'],
    ['outside ASCII', 'ä'],
  ])('replaces a request id that is %s', async (_how, id) => {
    const { headers } = await system.client.get('/health/live', { headers: { 'x-request-id': id } });

    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['identity', 'gzip'])('depends on the encodings that are accepted, with %s too', async (encoding) => {
    const { headers } = await system.client.get('/errors', { headers: { 'accept-encoding': encoding } });

    expect(headers.get('vary')?.toLowerCase().split(', ')).toEqual(
      expect.arrayContaining(['accept', 'accept-encoding', 'origin']),
    );
  });

  it('counts down the rate limit', async () => {
    const left = async () =>
      Number(
        /r=(\d+)/.exec(
          (await system.client.get('/v1/me', { token: person.token })).headers.get('ratelimit') ?? '',
        )?.[1],
      );

    const first = await left();
    const second = await left();

    expect(second).toBe(first - 1);
  });

  it('may not be kept by anybody when it holds a token', async () => {
    const { email, password } = person;

    const { headers } = await system.client.post('/v1/auth/login', { email, password });

    expect(headers.get('cache-control')).toContain('no-store');
  });
});

describe.runIf(hasFeature('identities'))('an answer that is the same for everybody', () => {
  it('may be kept by a CDN, and is not sent again to a client that has it', async () => {
    const path = '/v1/auth/oidc/providers';
    const { headers } = await system.client.get(path);
    const etag = headers.get('etag') ?? '';

    const again = await system.client.get(path, { headers: { 'if-none-match': etag, 'accept-encoding': 'gzip' } });

    expect(headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=600');
    expect(headers.get('vary')?.toLowerCase().split(', ').sort()).toEqual(['accept-encoding', 'origin']);
    expect(etag).not.toBe('');
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
    expect(again.headers.get('cache-control')).toBe(headers.get('cache-control'));
  });
});

describe('cross-origin requests', () => {
  const preflight = (origin: string) =>
    system.client.send('OPTIONS', '/v1/parcels', {
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'idempotency-key' },
    });

  it('are allowed from the origins of the configuration', async () => {
    const asked = await preflight(ORIGIN);
    const { headers } = await system.client.get('/v1/me', { token: person.token, headers: { origin: ORIGIN } });

    expect(asked.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('vary')).toMatch(/origin/i);
  });

  it('may use every method, and read every header, that there is', async () => {
    const asked = await preflight(ORIGIN);
    const { headers } = await system.client.get('/v1/me', { token: person.token, headers: { origin: ORIGIN } });

    expect(asked.headers.get('access-control-allow-methods')?.split(', ')).toEqual([
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
    ]);
    expect(headers.get('access-control-expose-headers')?.split(', ')).toEqual(
      expect.arrayContaining([
        'ETag',
        'Location',
        'Retry-After',
        'RateLimit',
        'RateLimit-Policy',
        'X-Request-Id',
        'Idempotency-Replayed',
      ]),
    );
  });

  it('leave OPTIONS to everybody else', async () => {
    const { status, headers } = await system.client.send('OPTIONS', '/v1/parcels');

    expect([status, headers.get('allow')?.split(', ')]).toEqual([204, expect.arrayContaining(['GET', 'POST'])]);
  });

  it('are not allowed from others', async () => {
    const asked = await preflight('https://evil.example.test');

    expect(asked.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('HEAD', () => {
  it('answers as GET would, without the body', async () => {
    const get = await system.client.get('/v1/me', { token: person.token });
    const head = await system.client.send('HEAD', '/v1/me', { token: person.token });

    expect([head.status, head.body]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
  });
});
