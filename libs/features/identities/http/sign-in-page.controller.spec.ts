import { expect, it } from 'vitest';
import { httpApp } from '#platform/testing/http-app.js';
import { SignInPageController } from './sign-in-page.controller.js';

it('shows a page that runs scripts of its own origin only', async () => {
  const app = await httpApp({ controllers: [SignInPageController] });

  const [page, script] = [await app.inject('/docs/sign-in'), await app.inject('/docs/sign-in.js')];

  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
  expect(script.headers['content-type']).toContain('text/javascript');
  expect(script.body).toContain("fetch('../v1/auth/oidc/providers')");
});

it.each(['/docs/sign-in', '/docs/sign-in.js'])('answers 404 at %s where the reference is off', async (url) => {
  const app = await httpApp({ controllers: [SignInPageController] }, undefined, { DOCS: 'false' });

  expect((await app.inject(url)).statusCode).toBe(404);
});
