import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { Config } from '#platform/config/config.js';
import { loadEnv } from '#platform/config/load-env.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { httpApp } from '#platform/testing/http-app.js';
import { MailLinkPagesController } from './mail-link-pages.controller.js';

const apps: NestFastifyApplication[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

async function setup(environment: Record<string, string> = {}) {
  const app = await httpApp({
    controllers: [MailLinkPagesController],
    providers: [{ provide: Config, useValue: loadEnv(aValidEnv(environment)) }],
  });
  apps.push(app);
  return (url: string) => app.inject({ url });
}

describe('the pages that mails lead to', () => {
  it.each([
    ['/verify-email', 'v1/auth/email/verify'],
    ['/reset-password', 'v1/auth/password/reset'],
  ])('answer 200 at %s with a form and nothing from elsewhere', async (url, path) => {
    const get = await setup();

    const response = await get(url);

    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(response.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(response.body).toContain(`data-path="${path}"`);
    expect(response.body).not.toMatch(/https?:|(src|href)="\//);
  });

  it('answer 200 at /mail-link.js with the script that both of them load', async () => {
    const get = await setup();

    const [page, script] = [await get('/verify-email'), await get('/mail-link.js')];

    expect(page.body).toContain('<script type="module" src="mail-link.js">');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.body).toContain("document.querySelector('form')");
  });

  it.each(['/verify-email', '/reset-password', '/mail-link.js'])(
    'answer 404 at %s where there is a web client',
    async (url) => {
      const get = await setup({ WEB_URL: 'https://www.example.test' });

      expect((await get(url)).statusCode).toBe(404);
    },
  );
});
