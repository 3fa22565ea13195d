import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PathProxy, startPathProxy } from '#platform/testing/servers/path-proxy.js';
import { signUpOnlyAdministrator } from '#platform/testing/system/administration.js';
import { hasFeature } from '#platform/testing/system/features.js';
import type { Person } from '#platform/testing/system/people.js';
import { withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { aParcelBody } from '../../parcels.ts';

const PUBLIC_URL = 'https://example.test/shop';

let system: System;
let person: Person;
beforeAll(async () => {
  system = await startSystem({ ...withParcels, PUBLIC_URL });
  person = await signUpOnlyAdministrator(system);
});
afterAll(() => system.stop());

describe.each([
  ['takes the path away', (path: string) => path.slice('/shop'.length)],
  ['leaves the path', (path: string) => path],
])('behind a proxy that %s', (_what, passedOn) => {
  let proxy: PathProxy;
  beforeAll(async () => {
    proxy = await startPathProxy(system.api.url, '/shop', passedOn);
  });
  afterAll(() => proxy.stop());

  /** Where a link leads, found on a page at this address. */
  const at = (link: string, page = '/shop/') =>
    new URL(link.replace('https://example.test', proxy.url), proxy.url + page).href;
  const visit = (link: string, page?: string, init?: RequestInit) =>
    fetch(at(link, page), { redirect: 'manual', ...init });

  it.each([
    '/shop/docs',
    '/shop/docs/',
    ...(hasFeature('identities') ? ['/shop/sign-in'] : []),
    '/shop/errors',
    '/shop/errors/route-not-found',
    '/shop/verify-email',
    '/shop/reset-password',
    ...(hasFeature('queue-dashboard') ? ['/shop/admin/queues/dead-letters', '/shop/admin/queues/schedules'] : []),
  ])('every link of %s leads somewhere', async (page) => {
    const headers = { accept: 'text/html', authorization: `Bearer ${person.token}` };
    const html = await (await visit(page, undefined, { headers })).text();

    const links = [...html.matchAll(/(?:href|src)="(?!data:)([^"]+)"/g)].map(([, link]) => String(link));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect([link, (await visit(link, page, { headers })).status]).toEqual([link, 200]);
  });

  describe.runIf(hasFeature('queue-dashboard'))('at /admin/queues', () => {
    it('shows the queue with everything that its page loads', async () => {
      const headers = { accept: 'text/html', authorization: `Bearer ${person.token}` };
      const html = await (await visit('/shop/admin/queues', undefined, { headers })).text();

      const base = /<base href="([^"]+)"/.exec(html)?.[1];
      expect(base).toBe('/shop/admin/queues/');
      const files = [...html.matchAll(/<(?:link|script) [^>]*(?:src|href)="([^"]+)"/g)].map(([, file]) => String(file));
      expect(files).toContain('return-to-sign-in.js');
      for (const file of files) expect([file, (await visit(file, base, { headers })).status]).toEqual([file, 200]);
    });

    it('leads people who have not signed in to the sign-in page and back', async () => {
      const { status, headers } = await visit('/shop/admin/queues', undefined, { headers: { accept: 'text/html' } });

      expect([status, headers.get('location')]).toEqual([303, '/shop/sign-in?returnTo=%2Fadmin%2Fqueues']);
    });
  });

  it('is described as reached from outside', async () => {
    const document = (await (await visit('/shop/openapi.json')).json()) as { servers: { url: string }[] };

    expect(document.servers).toEqual([{ url: PUBLIC_URL }]);
  });

  it('tells where to find what was created', async () => {
    const headers = {
      authorization: `Bearer ${person.token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const place = () =>
      visit('/shop/v1/parcels', undefined, { method: 'POST', headers, body: JSON.stringify(aParcelBody()) });

    const [placed, replayed] = [await place(), await place()];

    const location = String(placed.headers.get('location'));
    expect(location).toMatch(/^\/shop\/v1\/parcels\//);
    expect([replayed.headers.get('location'), replayed.headers.get('idempotency-replayed')]).toEqual([
      location,
      'true',
    ]);
    expect((await visit(location, undefined, { headers })).status).toBe(200);
  });

  it('answers problems whose links lead somewhere', async () => {
    const answer = await visit('/shop/v1/nothing');
    const problem = (await answer.json()) as { type: string; instance: string };

    expect(problem.instance).toBe('/shop/v1/nothing');
    expect(problem.type).toBe(`${PUBLIC_URL}/errors/route-not-found`);
    expect((await visit(problem.type)).status).toBe(200);
  });

  it('knows its methods', async () => {
    const { status, headers } = await visit('/shop/v1/parcels', undefined, { method: 'DELETE' });

    expect([status, headers.get('allow')]).toEqual([405, expect.stringContaining('POST')]);
  });
});
