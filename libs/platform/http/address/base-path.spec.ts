import { Controller, Get, Post, Redirect } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpApp } from '../../testing/http-app.js';
import { Returns } from '../answers/returns.decorator.js';
import { Public } from '../routes/access.decorators.js';
import { basePathOf, routedPath } from './base-path.js';

describe('routedPath', () => {
  it.each([
    ['/shop', '/shop/v1/orders?limit=1', '/v1/orders?limit=1'],
    ['/shop', '/v1/orders', '/v1/orders'],
    ['/shop', '/shop', '/'],
    ['/shop', '/shop/', '/'],
    ['/shop', '/shop?a=b', '/?a=b'],
    ['/shop', '/shopping/v1', '/shopping/v1'],
    ['/shop', '/shop/shop/v1', '/shop/v1'],
    ['/a.b/c', '/a.b/c/v1', '/v1'],
    ['/a.b/c', '/axb/c/v1', '/axb/c/v1'],
    ['', '/v1/orders', '/v1/orders'],
    ['', 'http://example.test/v1/orders?limit=1', '/v1/orders?limit=1'],
    ['', 'http://example.test', '/'],
    ['', 'http://example.test?a=b', '/?a=b'],
    ['/shop', 'HTTPS://example.test/shop/v1/me', '/v1/me'],
    ['/shop', '*', '*'],
  ])('below %s, for %s, is %s', (basePath, url, routed) => {
    expect(routedPath(basePath)({ url })).toBe(routed);
  });
});

describe('basePathOf', () => {
  it.each([
    ['https://example.test', ''],
    ['https://example.test/', ''],
    ['https://example.test/shop', '/shop'],
    ['https://example.test/a/b/', '/a/b'],
  ])('%s is "%s"', (url, path) => {
    expect(basePathOf(url)).toBe(path);
  });
});

@Controller({ path: 'books', version: '1' })
class BooksController {
  @Post()
  @Public()
  @Returns(201, z.object({}), { location: () => '/v1/books/9' })
  add() {
    return {};
  }

  @Get('near')
  @Public()
  @Redirect('/v1/books')
  near() {}

  @Get('far')
  @Public()
  @Redirect('https://books.example.test/v1/books')
  far() {}

  @Get('elsewhere')
  @Public()
  @Redirect('//books.example.test/v1/books')
  elsewhere() {}
}

describe('a service whose PUBLIC_URL has a path', () => {
  const PUBLIC_URL = 'https://example.test/shop';

  it.each(['/v1/books', '/shop/v1/books'])('tells a client that asks %s where to go from outside', async (url) => {
    const app = await httpApp({ controllers: [BooksController] }, undefined, { PUBLIC_URL });

    const { statusCode, headers } = await app.inject({ method: 'POST', url });

    expect([statusCode, headers.location]).toEqual([201, '/shop/v1/books/9']);
  });

  it.each([
    ['near', '/shop/v1/books'],
    ['far', 'https://books.example.test/v1/books'],
    ['elsewhere', '//books.example.test/v1/books'],
  ])('redirects to what is %s', async (path, location) => {
    const app = await httpApp({ controllers: [BooksController] }, undefined, { PUBLIC_URL });

    expect((await app.inject(`/v1/books/${path}`)).headers.location).toBe(location);
  });

  it.each(['/nowhere?a=b', '/shop/nowhere'])(
    'names the occurrence of a problem by the path from outside: %s',
    async (url) => {
      const app = await httpApp({ controllers: [BooksController] }, undefined, { PUBLIC_URL });

      expect((await app.inject(url)).json()).toMatchObject({
        type: `${PUBLIC_URL}/errors/route-not-found`,
        instance: '/shop/nowhere',
      });
    },
  );

  it.each(['https://example.test/v1', 'https://example.test/v1/books'])(
    'does not start with %s, where its own routes are',
    async (url) => {
      await expect(httpApp({ controllers: [BooksController] }, undefined, { PUBLIC_URL: url })).rejects.toThrow(
        /PUBLIC_URL has the path \/v1/,
      );
    },
  );
});
