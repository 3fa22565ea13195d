import { Controller, Get, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { newApiKey } from '../auth/api-keys/api-key-format.js';
import { Authenticated, Public, RequirePermission } from '../http/routes/access.decorators.js';
import { definePermission } from '../kernel/access/permissions.js';
import { newId } from '../kernel/values/ids.js';
import { httpApp } from '../testing/http-app.js';
import { aPrincipal } from '../testing/principal.factory.js';

const openDoors = definePermission('doors:open', { description: 'Open doors.' });

@Controller({ path: 'doors', version: '1' })
class DoorsController {
  @Get()
  @Public()
  look() {
    return { isOpen: false };
  }

  @Post()
  @RequirePermission(openDoors)
  open() {
    return { isOpen: true };
  }
}

@Controller('forgotten')
class ForgottenController {
  @Get()
  get() {
    return {};
  }
}

@Controller('homemade')
class HomemadeController {
  @Get()
  @RequirePermission({ name: 'doors:close', description: 'Close doors.' })
  get() {
    return {};
  }
}

@Controller('mine')
class MineController {
  @Get()
  @Authenticated()
  get() {
    return {};
  }
}

describe('a request', () => {
  it.each([
    ['keeps a sane request id', 'abc-123', 'abc-123'],
    ['replaces one that is too long', 'x'.repeat(129), expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['replaces one with blanks in it', 'a b', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['keeps any visible characters', 'a"b/{}', 'a"b/{}'],
    ['replaces one that is an e-mail address', 'ada@example.test', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    [
      'replaces one that is an access token',
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ],
    ['replaces one that is an API key', newApiKey(newId()), expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['gets one when it has none', undefined, expect.stringMatching(/^[0-9a-f-]{36}$/)],
  ])('%s', async (_, inbound, outbound) => {
    const app = await httpApp({ controllers: [DoorsController] });

    const response = await app.inject({
      url: '/v1/doors',
      headers: inbound === undefined ? {} : { 'x-request-id': inbound },
    });

    expect(response.headers['x-request-id']).toEqual(outbound);
  });

  it('is answered with the headers that keep browsers safe, and none that tell about us', async () => {
    const app = await httpApp({ controllers: [DoorsController] });

    const { headers } = await app.inject('/v1/doors');

    expect(headers).toMatchObject({
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  it('passes when its caller holds the permission', async () => {
    const app = await httpApp({ controllers: [DoorsController] }, aPrincipal({ permissions: new Set(['doors:open']) }));

    expect((await app.inject({ method: 'POST', url: '/v1/doors' })).statusCode).toBe(201);
  });

  it('answers 403 naming the permission its caller lacks, before it looks at the body', async () => {
    const app = await httpApp({ controllers: [DoorsController] }, aPrincipal({ permissions: new Set() }));

    const response = await app.inject({
      method: 'POST',
      url: '/v1/doors',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });

    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ code: 'PERMISSION_DENIED', detail: expect.stringContaining('doors:open') });
  });
});

describe('the start', () => {
  it.each([
    ['declares no access', ForgottenController, /GET \/forgotten declares no access/],
    ['requires a permission that was not defined', HomemadeController, /requires the permission doors:close/],
  ])('is refused when a route %s', async (_, controller, message) => {
    await expect(httpApp({ controllers: [controller] })).rejects.toThrow(message);
  });

  it('succeeds when every route does', async () => {
    await expect(httpApp({ controllers: [MineController] })).resolves.toBeDefined();
  });
});
