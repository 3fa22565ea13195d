import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpApp } from '../../testing/http-app.js';
import { pageQuery } from '../input/page-query.js';
import { Authenticated, Public } from '../routes/access.decorators.js';
import { Returns } from './returns.decorator.js';

type Book = Readonly<{ id: number; title: string; secret: string }>;

type Shelf = { data: Book[]; meta: { page: { limit: number; nextCursor: string | null } } };

const SHELF: Book[] = Array.from({ length: 5 }, (_, index) => ({
  id: index + 1,
  title: `Book ${index + 1}`,
  secret: 'never sent',
}));
const bookResponse = z.object({ id: z.number(), title: z.string() });
const listQuery = z.strictObject({ ...pageQuery, language: z.string().optional() });

@Controller({ path: 'books', version: '1' })
class BooksController {
  @Get()
  @Authenticated()
  @Returns(200, bookResponse, { page: true })
  list(@Query({ schema: listQuery }) { limit, cursor }: z.infer<typeof listQuery>) {
    const start = Number(cursor ?? 0);
    const items = SHELF.slice(start, start + limit);
    return { items, next: start + limit < SHELF.length ? String(start + limit) : null };
  }

  @Get('first')
  @Public()
  @Returns(200, bookResponse, { etag: (book: Book) => `v${book.id}` })
  first() {
    return SHELF[0];
  }

  @Post()
  @Public()
  @Returns(201, bookResponse, { location: (book: Book) => `/v1/books/${book.id}` })
  add(@Body({ schema: z.strictObject({ title: z.string() }) }) { title }: { title: string }) {
    return { id: 9, title, secret: 'never sent' };
  }
}

const setup = () => httpApp({ controllers: [BooksController] });

describe('an answer', () => {
  it('is wrapped into data and stripped to its schema', async () => {
    const app = await setup();

    const response = await app.inject('/v1/books/first');

    expect(response.json()).toEqual({ data: { id: 1, title: 'Book 1' } });
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('names what was created', async () => {
    const app = await setup();

    const response = await app.inject({ method: 'POST', url: '/v1/books', payload: { title: 'New' } });

    expect(response.statusCode).toBe(201);
    expect(response.headers.location).toBe('/v1/books/9');
  });

  it.each([
    ['its own ETag', '"v1"', 304],
    ['its own ETag among others', '"v0", W/"v1"', 304],
    ['any ETag', '*', 304],
    ['another ETag', '"v2"', 200],
  ])('compares If-None-Match with %s', async (_, condition, status) => {
    const app = await setup();

    const response = await app.inject({ url: '/v1/books/first', headers: { 'if-none-match': condition } });

    expect(response.statusCode).toBe(status);
    expect(response.headers.etag).toBe('"v1"');
    expect(response.body === '').toBe(status === 304);
  });
});

describe('a page', () => {
  it('leads through the whole list, and says when it ends', async () => {
    const app = await setup();
    const seen: number[] = [];
    let cursor: string | null = '';

    for (let pages = 0; cursor !== null && pages < 9; pages++) {
      const { data, meta }: Shelf = (await app.inject(`/v1/books?limit=2${cursor && `&cursor=${cursor}`}`)).json();
      seen.push(...data.map(({ id }) => id));
      expect(meta.page.limit).toBe(2);
      cursor = meta.page.nextCursor;
    }

    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    [
      'one letter of it changed',
      (cursor: string) => `cursor=${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'Q' : 'A'}`,
    ],
    ['another filter', (cursor: string) => `cursor=${cursor}&language=en`],
    ['another cursor beside it', (cursor: string) => `cursor=${cursor}&cursor=${cursor}`],
    ['nothing in it', () => 'cursor='],
  ])('answers 400 to a cursor with %s', async (_, query) => {
    const app = await setup();
    const first = await app.inject('/v1/books?limit=2');
    const { nextCursor } = first.json<Shelf>().meta.page;

    const response = await app.inject(`/v1/books?limit=2&${query(String(nextCursor))}`);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it.each(['0', '-1', '101', 'many', '1.5', '1e1', '0x10', '%2010', '%2B5', '', '5&limit=6'])(
    'answers 422 to a limit of %s',
    async (limit) => {
      const app = await setup();

      const response = await app.inject(`/v1/books?limit=${limit}`);

      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({ errors: [{ pointer: '#/limit' }] });
    },
  );

  it.each(['languge=en', 'language[]=en', 'language%5B%5D=en'])(
    'answers 422 to a filter nobody knows, instead of everything: %s',
    async (query) => {
      const app = await setup();

      const response = await app.inject(`/v1/books?${query}`);

      expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([422, 'VALIDATION_FAILED']);
    },
  );
});
