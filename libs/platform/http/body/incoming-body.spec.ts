import { Body, Controller, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpApp } from '../../testing/http-app.js';
import { Authenticated, Public } from '../routes/access.decorators.js';
import { BodyLimit, PUBLIC_BODY_LIMIT } from './body-limit.decorator.js';

const LIMIT = 40_000;
const FREE = Promise.resolve();

/** How long books are looked at before the answer. */
let gate = FREE;

@Controller('books')
class BooksController {
  @Post()
  @Public()
  add(@Body({ schema: z.unknown() }) _body: unknown) {
    return gate.then(() => ({}));
  }

  @Post('mine')
  @Authenticated()
  addMine() {
    return {};
  }

  @Post('small')
  @Authenticated()
  @BodyLimit(100)
  addSmall() {
    return {};
  }

  @Post('large')
  @Public()
  @BodyLimit(LIMIT * 2)
  addLarge() {
    return {};
  }
}

const setup = (env: Record<string, string> = {}) =>
  httpApp({ controllers: [BooksController] }, undefined, { BODY_LIMIT: String(LIMIT), ...env });
const json = { 'content-type': 'application/json' };
const bodyOf = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));

describe('the largest body', () => {
  it.each([
    ['of a route that is open to everybody', '', PUBLIC_BODY_LIMIT],
    ['of one that is not', '/mine', LIMIT],
    ['of one that declares less', '/small', 100],
    ['of one that declares more', '/large', LIMIT * 2],
  ])('%s', async (_what, path, limit) => {
    const app = await setup();
    const send = (bytes: number) =>
      app.inject({ method: 'POST', url: `/books${path}`, headers: json, payload: bodyOf(bytes) });

    const answers = await Promise.all([send(limit), send(limit + 1)]);

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 413]);
  });

  it('of any route is no larger than BODY_LIMIT', async () => {
    const app = await setup({ BODY_LIMIT: '2048' });

    expect((await app.inject({ method: 'POST', url: '/books', headers: json, payload: bodyOf(2049) })).statusCode).toBe(
      413,
    );
  });
});

describe('the bodies under way', () => {
  it('are bounded until their answers are out; then there is room again', async () => {
    const app = await setup({ BODY_LIMIT: '1024', BODY_LIMIT_TOTAL: '8192' });
    const send = (remoteAddress: string) =>
      app.inject({ method: 'POST', url: '/books', remoteAddress, headers: json, payload: bodyOf(700) });
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;

    const first = [send('10.0.0.1'), send('10.0.0.1')];
    await new Promise((done) => setImmediate(done));
    const [tooMuch, another] = [send('10.0.0.1'), send('10.0.0.2')];
    const refused = await tooMuch;
    resolve();
    const answers = await Promise.all([...first, another, send('10.0.0.1')]);

    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      503,
      'BODIES_EXHAUSTED',
      '1',
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201]);
  });
});
