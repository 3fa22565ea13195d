import { expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { ListedRedirectUris } from './listed-redirect-uris.js';

const uris = (environment: Record<string, string>) =>
  new ListedRedirectUris(
    loadEnv(
      aValidEnv({
        PUBLIC_URL: 'https://example.test/shop',
        OIDC_REDIRECT_URIS: 'https://app.example.test/in',
        ...environment,
      }),
    ),
  );

it('are those of the list, and our own page where it is served', () => {
  const [served, hidden] = [uris({}), uris({ DOCS: 'false', QUEUE_DASHBOARD: 'false' })];

  for (const all of [served, hidden]) {
    expect(all.has('https://app.example.test/in')).toBe(true);
    expect(all.has('https://app.example.test/sign-in')).toBe(false);
  }
  expect([served, hidden].map((all) => all.has('https://example.test/shop/sign-in'))).toEqual([true, false]);
});
