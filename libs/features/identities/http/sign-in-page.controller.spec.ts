import { describe, expect, it } from 'vitest';
import { httpApp } from '#platform/testing/http-app.js';
import { returnAddress } from './page/return-address.js';
import { SignInPageController } from './sign-in-page.controller.js';

const addresses = ['/sign-in', '/sign-in.js', '/return-address.js'];

describe('the page to sign in with', () => {
  it('runs scripts of its own origin only', async () => {
    const app = await httpApp({ controllers: [SignInPageController] });

    const [page, ...scripts] = await Promise.all(addresses.map((url) => app.inject(url)));

    expect(page?.headers['content-type']).toContain('text/html');
    expect(page?.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    for (const script of scripts) expect(script.headers['content-type']).toContain('text/javascript');
  });

  it.each(addresses)('answers 404 at %s where no page needs it', async (url) => {
    const app = await httpApp({ controllers: [SignInPageController] }, undefined, {
      DOCS: 'false',
      QUEUE_DASHBOARD: 'false',
    });

    expect((await app.inject(url)).statusCode).toBe(404);
  });
});

describe.each(['https://example.test/', 'https://example.test/shop/'])('after signing in at %s it leads', (base) => {
  const api = new URL(base);

  it.each([
    '/',
    '/admin/queues',
    '/admin/queues/dead-letters?job=a.b&cursor=x',
    '/admin//queues',
    '/a:b',
    '/?next=//c',
  ])('to %s of this API', (path) => {
    expect(returnAddress(path, api)?.href).toBe(base + path.slice(1));
  });

  it.each([
    null,
    '',
    'admin/queues',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/admin\\..\\evil.test',
    'https://evil.test',
    'https:evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    '/\tadmin',
    '/\n/evil.test',
    '\t//evil.test',
    ' //evil.test',
    '/\u0000/evil.test',
    '/ä',
    `/${'a'.repeat(2_001)}`,
  ])('nowhere for %j', (path) => {
    expect(returnAddress(path, api)).toBeNull();
  });
});

it.each(['/..', '/../admin', '/%2e%2e/admin', '/a/../../admin', '/..//evil.test'])(
  'leads to nothing beside an API whose PUBLIC_URL has a path: %s',
  (path) => {
    expect(returnAddress(path, new URL('https://example.test/shop/'))).toBeNull();
  },
);
