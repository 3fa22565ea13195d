import { Controller, Get } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineError } from '../../kernel/errors/app-error.js';
import { httpApp } from '../../testing/http-app.js';
import { Authenticated } from '../routes/access.decorators.js';
import { Deprecated, type Deprecation } from './deprecated.decorator.js';
import { DeprecatedCalls } from './deprecated-calls.js';

const BoxLost = defineError({ kind: 'not-found', code: 'BOX_LOST', title: 'Lost', help: 'None.' });
const deprecation = { since: '2026-03-01', sunset: '2026-09-30', successor: '/v2/boxes/:id' };

@Controller({ path: 'boxes', version: '1' })
class BoxesController {
  @Get('lost/:id')
  @Authenticated()
  @Deprecated(deprecation)
  lost(): never {
    throw new BoxLost();
  }

  @Get('alone')
  @Authenticated()
  @Deprecated({ since: '2026-03-01', sunset: '2026-09-30' })
  alone() {
    return {};
  }

  @Get(':id')
  @Authenticated()
  @Deprecated(deprecation)
  get() {
    return {};
  }

  @Get()
  @Authenticated()
  list() {
    return {};
  }
}

const setup = (environment: Record<string, string> = {}) =>
  httpApp({ controllers: [BoxesController] }, undefined, environment);

const HEADERS = { deprecation: '@1772323200', sunset: 'Wed, 30 Sep 2026 00:00:00 GMT' };

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T12:00:00Z') }));
afterEach(() => vi.useRealTimers());

describe('a deprecated route', () => {
  it('says in every answer since when it is, when it ends, and what comes after it', async () => {
    const app = await setup();

    const [found, lost] = await Promise.all([app.inject('/v1/boxes/a%20b'), app.inject('/v1/boxes/lost/7')]);

    expect([found.statusCode, lost.statusCode]).toEqual([200, 404]);
    for (const { headers } of [found, lost]) expect(headers).toMatchObject(HEADERS);
    expect(found.headers.link).toBe('<http://localhost:3000/v2/boxes/a%20b>; rel="successor-version"');
  });

  it('is answered to HEAD as it would be to GET', async () => {
    const { headers, body } = await (await setup()).inject({ method: 'HEAD', url: '/v1/boxes/7' });

    expect(headers).toMatchObject({ ...HEADERS, 'content-length': '2' });
    expect(body).toBe('');
  });

  it('is noted with each call, and no other route is', async () => {
    const note = vi.spyOn(DeprecatedCalls.prototype, 'note');
    const app = await setup();

    for (const url of ['/v1/boxes/7', '/v1/boxes/lost/7', '/v1/boxes']) await app.inject(url);

    expect(note.mock.calls.map(([{ routeOptions }]) => routeOptions.url)).toEqual([
      '/v1/boxes/:id',
      '/v1/boxes/lost/:id',
    ]);
    note.mockRestore();
  });

  it('names no successor where there is none', async () => {
    const { headers } = await (await setup()).inject('/v1/boxes/alone');

    expect(headers).toMatchObject(HEADERS);
    expect(headers).not.toHaveProperty('link');
  });

  it('leads to its successor below the path of PUBLIC_URL', async () => {
    const app = await setup({ PUBLIC_URL: 'https://example.test/shop' });

    const { headers } = await app.inject('/v1/boxes/7');

    expect(headers.link).toBe('<https://example.test/shop/v2/boxes/7>; rel="successor-version"');
  });

  it('leaves all others alone', async () => {
    const { headers } = await (await setup()).inject('/v1/boxes');

    expect(Object.keys(headers).filter((name) => ['deprecation', 'sunset', 'link'].includes(name))).toEqual([]);
  });

  it.each([
    ['before its sunset, even where it would end', '2026-09-29T23:59:59Z', 'true', 200],
    ['after its sunset where nothing ends', '2026-09-30T00:00:00Z', 'false', 200],
    ['410 after its sunset where it ends', '2026-09-30T00:00:00Z', 'true', 410],
  ])('answers %s', async (_when, now, DEPRECATED_ROUTES_END, status) => {
    const app = await setup({ DEPRECATED_ROUTES_END });
    vi.setSystemTime(now);

    const [answer, other] = await Promise.all([app.inject('/v1/boxes/7'), app.inject('/v1/boxes')]);

    expect([answer.statusCode, other.statusCode]).toEqual([status, 200]);
    expect(answer.headers).toMatchObject(HEADERS);
    if (status === 410) expect(answer.json()).toMatchObject({ code: 'ROUTE_GONE' });
  });
});

describe('the start', () => {
  const starts = (wrong: Deprecation) => {
    @Controller('wrong')
    class WrongController {
      @Get(':id')
      @Authenticated()
      @Deprecated(wrong)
      get() {}
    }
    return httpApp({ controllers: [WrongController] });
  };

  it.each<[string, Deprecation, string]>([
    ['no day', { ...deprecation, since: 'soon' }, 'soon is no day'],
    ['a day that no month has', { ...deprecation, sunset: '2026-02-30' }, '2026-02-30 is no day'],
    ['an end before its beginning', { ...deprecation, sunset: '2026-02-28' }, 'would end before it is deprecated'],
    ['a successor of something else', { ...deprecation, successor: '/v2/boxes/:box' }, 'has no :box'],
  ])('is refused with %s', async (_what, wrong, message) => {
    await expect(starts(wrong)).rejects.toThrow(message);
  });
});
