import { Readable } from 'node:stream';
import { Body, Controller, Delete, Post } from '@nestjs/common';
import type { InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpApp } from '../../testing/http-app.js';
import { Public } from '../routes/access.decorators.js';

@Controller('books')
class BooksController {
  @Post()
  @Public()
  add(@Body({ schema: z.unknown() }) body: unknown) {
    return { body };
  }

  @Delete()
  @Public()
  remove() {
    return { removed: true };
  }
}

const app = await httpApp({ controllers: [BooksController] });
const send = (method: 'POST' | 'DELETE', options: InjectOptions) => app.inject({ method, url: '/books', ...options });
const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/octet-stream',
  'multipart/form-data; boundary=x',
  'no type at all',
];

describe('zero bytes', () => {
  it.each(TYPES.flatMap((type) => (['POST', 'DELETE'] as const).map((method) => [method, type] as const)))(
    'are no body: %s of %s',
    async (method, type) => {
      const answers = await Promise.all(
        [{}, { 'content-length': '0' }].map((length) => send(method, { headers: { 'content-type': type, ...length } })),
      );

      expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(2).fill(method === 'POST' ? 201 : 200));
    },
  );

  it.each(TYPES.slice(0, -1))('are no body when they come in chunks: %s', async (type) => {
    const { statusCode, body } = await send('POST', {
      headers: { 'content-type': type, 'transfer-encoding': 'chunked' },
      payload: Readable.from([]),
    });

    expect([statusCode, body]).toEqual([201, '{}']);
  });
});

describe('the charset of JSON', () => {
  it.each(['utf-8', '"UTF-8"', 'utf8', 'us-ascii', 'iso-8859-1', 'utf-16', '""'])(
    'has no effect: %s',
    async (charset) => {
      const { statusCode, body } = await send('POST', {
        headers: { 'content-type': `application/json; charset=${charset}` },
        payload: '{"title":"Über"}',
      });

      expect([statusCode, body]).toEqual([201, '{"body":{"title":"Über"}}']);
    },
  );

  it.each<BufferEncoding>(['latin1', 'utf16le'])('is told by its bytes: %s', async (encoding) => {
    const { statusCode } = await send('POST', {
      headers: { 'content-type': 'application/json' },
      payload: Buffer.from('{"title":"Über"}', encoding),
    });

    expect(statusCode).toBe(400);
  });
});

describe('what is no JSON', () => {
  it.each(TYPES.slice(1))('is refused: %s', async (type) => {
    expect((await send('POST', { headers: { 'content-type': type }, payload: 'a=b' })).statusCode).toBe(415);
  });

  it('is refused when it has no type', async () => {
    expect(
      (await send('POST', { headers: { 'transfer-encoding': 'chunked' }, payload: Readable.from(['a=b']) })).statusCode,
    ).toBe(415);
  });
});
