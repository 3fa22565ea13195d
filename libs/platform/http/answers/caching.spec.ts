import { Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineError } from '../../kernel/errors/app-error.js';
import { httpApp } from '../../testing/http-app.js';
import { pageQuery } from '../input/page-query.js';
import { Authenticated, Public } from '../routes/access.decorators.js';
import { Cacheable } from './cacheable.decorator.js';
import { Returns } from './returns.decorator.js';

const shelf = { name: 'Fiction', books: 3, secret: 'never sent' };
const shelfResponse = z.object({ name: z.string(), books: z.number() });
const ShelfBurnt = defineError({ kind: 'not-found', code: 'SHELF_BURNT', title: 'Burnt', help: 'None.' });

@Controller({ path: 'shelves', version: '1' })
class ShelvesController {
  @Get()
  @Public()
  @Cacheable({ public: true, maxAge: 60, swr: 600 })
  @Returns(200, z.array(shelfResponse))
  list() {
    return [shelf];
  }

  @Get('pages')
  @Public()
  @Cacheable({ public: true, maxAge: 60 })
  @Returns(200, shelfResponse, { page: true })
  pages(@Query({ schema: z.strictObject(pageQuery) }) _query: unknown) {
    return { items: [shelf], next: '1' };
  }

  @Get('mine')
  @Authenticated()
  @Cacheable({ public: false, maxAge: 5 })
  @Returns(200, shelfResponse)
  mine() {
    return shelf;
  }

  @Get('versioned')
  @Public()
  @Cacheable({ public: true, maxAge: 60 })
  @Returns(200, shelfResponse, { etag: ({ books }: typeof shelf) => `v${books}` })
  versioned() {
    return shelf;
  }

  @Get('burnt')
  @Public()
  @Cacheable({ public: true, maxAge: 60 })
  @Returns(200, shelfResponse)
  burnt(): never {
    throw new ShelfBurnt();
  }

  @Get('remembering')
  @Public()
  @Cacheable({ public: true, maxAge: 60 })
  @Returns(200, shelfResponse)
  remembering(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('set-cookie', 'seen=1');
    return shelf;
  }
}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await httpApp({ controllers: [ShelvesController] }, undefined, { CORS_ORIGINS: 'https://app.example.test' });
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) => app.inject({ url: `/v1/shelves${path}`, headers });
const vary = (headers: Record<string, unknown>) => String(headers['vary']).toLowerCase().split(', ');

describe('an answer for everybody', () => {
  it('may be kept by shared caches, for its time', async () => {
    const { headers, ...answer } = await get('');

    expect(answer.json()).toEqual({ data: [{ name: 'Fiction', books: 3 }] });
    expect(headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=600');
    expect(headers['etag']).toMatch(/^"[\w-]{43}"$/);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(vary(headers)).toEqual(expect.arrayContaining(['accept-encoding', 'origin']));
    expect(vary(headers)).not.toContain('authorization');
  });

  it.each(['', '/pages', '/versioned'])('is not sent again to a client that has it: %s', async (path) => {
    const { headers } = await get(path);
    const etag = String(headers['etag']);

    const again = await get(path, { 'if-none-match': `"other", W/${etag}` });

    expect([again.statusCode, again.body]).toEqual([304, '']);
    for (const name of ['etag', 'cache-control', 'vary']) expect(again.headers[name]).toBe(headers[name]);
  });

  it('has a tag of its content, whatever its schema leaves out', async () => {
    const before = await get('');
    shelf.secret = 'changed';
    const hidden = await get('');
    shelf.books = 4;
    const changed = await get('', { 'if-none-match': String(before.headers['etag']) });
    shelf.books = 3;

    expect(hidden.headers['etag']).toBe(before.headers['etag']);
    expect([changed.statusCode, changed.json()]).toEqual([200, { data: [{ name: 'Fiction', books: 4 }] }]);
    expect(changed.headers['etag']).not.toBe(before.headers['etag']);
  });

  it('keeps the version as its tag where there is one', async () => {
    const { headers } = await get('/versioned');

    expect([headers['etag'], headers['cache-control']]).toEqual(['"v3"', 'public, max-age=60']);
  });

  it('has meta as well where it is a page', async () => {
    expect((await get('/pages?limit=1')).json()).toMatchObject({ meta: { page: { limit: 1 } } });
  });

  it('answers HEAD with the same headers', async () => {
    const { headers } = await get('');

    const head = await app.inject({ method: 'HEAD', url: '/v1/shelves' });

    expect([head.headers['etag'], head.headers['cache-control'], head.body]).toEqual([
      headers['etag'],
      headers['cache-control'],
      '',
    ]);
  });

  it.each([
    ['/burnt', 404],
    ['/pages?limit=0', 422],
    ['/remembering', 200],
  ])('is kept by nobody when it is a problem or sets a cookie: %s', async (path, status) => {
    const { statusCode, headers } = await get(path);

    expect([statusCode, headers['cache-control']]).toEqual([status, 'no-store']);
    expect(headers['etag']).toBeUndefined();
  });
});

describe('an answer for one person', () => {
  it('may be kept by their own cache, for who they are now', async () => {
    const { headers } = await get('/mine');

    expect(headers['cache-control']).toBe('private, max-age=5');
    expect(vary(headers)).toEqual(expect.arrayContaining(['accept-encoding', 'authorization', 'cookie', 'origin']));
  });
});

describe('the start', () => {
  const starts = (decorators: MethodDecorator[]) => {
    class WrongController {
      answer() {
        return shelf;
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(WrongController.prototype, 'answer') as PropertyDescriptor;
    for (const decorate of decorators.reverse()) decorate(WrongController.prototype, 'answer', descriptor);
    Controller({ path: 'wrong', version: '1' })(WrongController);
    return httpApp({ controllers: [WrongController] });
  };

  it.each<[string, MethodDecorator[], string]>([
    [
      'for those who sign in',
      [Get(), Authenticated(), Cacheable({ public: true, maxAge: 1 }), Returns(200, shelfResponse)],
      'without @Public()',
    ],
    [
      'of a POST',
      [Post(), Public(), Cacheable({ public: true, maxAge: 1 }), Returns(200, shelfResponse)],
      'is for GET',
    ],
    ['without a schema', [Get(), Public(), Cacheable({ public: true, maxAge: 1 })], 'needs @Returns()'],
  ])('is refused with an answer for everybody %s', async (_, decorators, message) => {
    await expect(starts(decorators)).rejects.toThrow(message);
  });
});
