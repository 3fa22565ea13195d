import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpApp } from '../../testing/http-app.js';
import { BodyLimit } from '../body/body-limit.decorator.js';
import { Public } from '../routes/access.decorators.js';

const body = z.strictObject({ name: z.string(), tags: z.array(z.string()).optional(), size: z.int().optional() });
const params = z.strictObject({ name: z.string() });
const query = z.strictObject({ like: z.string().optional() });

@Controller('things')
class ThingsController {
  @Get(':name')
  @Public()
  get(@Param({ schema: params }) _: unknown, @Query({ schema: query }) __: unknown) {
    return {};
  }

  @Post()
  @Public()
  @BodyLimit(1_000_000)
  add(@Body({ schema: body }) { name }: z.infer<typeof body>) {
    return { name };
  }
}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await httpApp({ controllers: [ThingsController] });
});
afterAll(() => app.close());

const post = (payload: string | Buffer) =>
  app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': 'application/json' } });

describe('half a surrogate pair', () => {
  it.each([
    ['in a field', String.raw`{"name": "a\ud800b"}`, ['#/name']],
    [
      'in a list, beside other violations',
      String.raw`{"name": "a", "tags": ["fine", "\udc00"], "size": "7"}`,
      ['#/size', '#/tags/1'],
    ],
    ['in a name', String.raw`{"name": "a", "\ud800": 1}`, ['#/%EF%BF%BD']],
    ['the wrong way round', String.raw`{"name": "\ude00\ud83d"}`, ['#/name']],
  ])('is refused %s', async (_, payload, pointers) => {
    const answer = await post(payload);

    const { errors = [] } = answer.json<{ errors?: { pointer: string }[] }>();
    expect([answer.statusCode, errors.map(({ pointer }) => pointer).sort()]).toEqual([422, pointers]);
  });

  it('is a character together with the other half', async () => {
    expect((await post(String.raw`{"name": "\ud83d\ude00"}`)).json()).toEqual({ name: '😀' });
  });
});

describe('a NUL', () => {
  it.each(['/things/%00', '/things/a%00b', '/things/a?like=%00', '/things/a?like=b&like=%00'])(
    'is refused in the address %s',
    async (url) => {
      const answer = await app.inject(url);

      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'VALIDATION_FAILED']);
    },
  );

  it('is left to the schema in a body', async () => {
    expect((await post(String.raw`{"name": "a\u0000b"}`)).json()).toEqual({ name: 'a\0b' });
  });
});

describe('a body', () => {
  it('answers 400 when it is not UTF-8, and what it meant would be a guess', async () => {
    const answer = await post(Buffer.from('{"name": "caf\xe9"}', 'latin1'));

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'MALFORMED_REQUEST']);
  });

  it('answers 422 when it is deeper than the stack', async () => {
    const depth = 100_000;

    expect((await post(`{"name": ${'['.repeat(depth)}${']'.repeat(depth)}}`)).statusCode).toBe(422);
  });
});
