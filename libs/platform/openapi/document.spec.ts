import { Body, Controller, Get, Module, Param, Post, Put, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiOperation } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Returns } from '../http/answers/returns.decorator.js';
import { Deprecated } from '../http/deprecation/deprecated.decorator.js';
import { Throws } from '../http/errors/throws.decorator.js';
import { NotRateLimited } from '../http/rate-limit/rate-limited.decorator.js';
import { Authenticated, Public, RecentSignIn } from '../http/routes/access.decorators.js';
import { OpenApiTag } from '../http/routes/tag.decorator.js';
import { defineError } from '../kernel/errors/app-error.js';
import { httpApp } from '../testing/http-app.js';
import { openApiDocument } from './document.js';

const body = z.strictObject({ name: z.string() });
const query = z.object({ limit: z.coerce.number().optional() });

const ThingsFull = defineError({
  kind: 'unavailable',
  code: 'THINGS_FULL',
  title: 'There are enough things',
  help: 'Wait.',
});

@Controller({ path: 'things', version: '1' })
class ThingsController {
  @Get()
  @Public()
  @Returns(204)
  list(@Query({ schema: query }) _: unknown): void {}

  @Get('alive')
  @Public()
  @NotRateLimited()
  @Returns(204)
  live(): void {}

  @Get(':id')
  @ApiOperation({ summary: 'Get a thing', description: 'As it is now.' })
  @Authenticated()
  @RecentSignIn()
  @Returns(200, body, { etag: () => '1' })
  get(@Param({ schema: z.strictObject({ id: z.string() }) }) _: unknown): void {}

  @Post(':id/empty')
  @Authenticated()
  @Throws(ThingsFull)
  @Returns(201, body, { location: () => '/v1/things/1' })
  empty(@Param({ schema: z.strictObject({ id: z.string() }) }) _: unknown): void {}

  @Get(':id/shape')
  @ApiOperation({ summary: 'Get the shape of a thing', description: 'As drawn.' })
  @Public()
  @Deprecated({ since: '2026-03-01', sunset: '2026-09-30', successor: '/v2/things/:id/shape' })
  @Returns(200, body)
  shape(@Param({ schema: z.strictObject({ id: z.string() }) }) _: unknown): void {}

  @Post('named')
  @Public()
  @Returns(204)
  name(@Body({ schema: body }) _: unknown): void {}

  @Put(':id/named')
  @Public()
  @Returns(204)
  rename(@Param({ schema: z.strictObject({ id: z.uuid() }) }) _: unknown): void {}

  @Post('nullish')
  @Public()
  @Returns(204)
  maybe(@Body({ schema: body.nullish() }) _: unknown): void {}

  @Post('optional')
  @Public()
  @Returns(204)
  perhaps(@Body({ schema: body.optional() }) _: unknown): void {}
}

@OpenApiTag({ name: 'Things', description: 'What there is.' })
@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await httpApp({ imports: [ThingsModule] });
});
afterAll(() => app.close());

type Schema = Readonly<{ $ref?: string; properties?: Record<string, Readonly<{ enum?: unknown[] }>> }>;
type Response = Readonly<{ $ref?: string; headers?: object; content?: Record<string, Readonly<{ schema: Schema }>> }>;

/** The codes of an operation by status, and the headers of its answers, whether they stand there or are referred to. */
function answersOf(method: 'get' | 'post', path: string) {
  const { paths, components } = openApiDocument(app);
  const responses = Object.entries((paths[path]?.[method]?.responses ?? {}) as Record<string, Response>).map(
    ([status, response]) => {
      const name = response.$ref?.split('/').at(-1);
      return [status, (name === undefined ? response : components?.responses?.[name]) as Response] as const;
    },
  );
  const schemas = (components?.schemas ?? {}) as Record<string, Schema>;
  return {
    codes: Object.fromEntries(
      responses.map(([status, { content }]) => {
        const name = content?.['application/problem+json']?.schema.$ref?.split('/').at(-1) ?? '';
        return [status, JSON.stringify(schemas[name]?.properties?.['code']?.enum ?? [])];
      }),
    ),
    headers: Object.fromEntries(responses.map(([status, { headers = {} }]) => [status, Object.keys(headers)])),
  };
}

describe('the document', () => {
  it.each([
    ['named', true, 422],
    ['nullish', false, 204],
    ['optional', false, 204],
  ])(
    'says of the body of /%s whether it may be left out: required %p, answered %i without',
    async (path, required, status) => {
      const url = `/v1/things/${path}`;

      const { statusCode } = await app.inject({ method: 'POST', url });

      expect(openApiDocument(app).paths[url]?.post?.requestBody).toMatchObject({ required });
      expect(statusCode).toBe(status);
    },
  );

  it('says in words what an operation does and asks for', () => {
    expect(openApiDocument(app).paths['/v1/things/{id}']?.get).toMatchObject({
      summary: 'Get a thing',
      description: 'As it is now.\n\nFor signed-in users, not for API keys.\n\nAsks for a recent sign-in.',
    });
  });

  it('groups operations by their module', () => {
    const { tags, paths } = openApiDocument(app);

    expect(tags).toEqual([{ name: 'Things', description: 'What there is.' }]);
    expect(paths['/v1/things/alive']?.get?.tags).toEqual(['Things']);
  });

  it('marks what ends, and says when and what comes after it', () => {
    const operation = openApiDocument(app).paths['/v1/things/{id}/shape']?.get;

    expect(operation).toMatchObject({
      deprecated: true,
      description:
        'Deprecated since 2026-03-01, ends on 2026-09-30: call `/v2/things/{id}/shape` instead.\n\nAs drawn.',
      responses: { 200: { headers: { Deprecation: {}, Sunset: {}, Link: {} } } },
    });
    expect(answersOf('get', '/v1/things/{id}/shape').codes).toMatchObject({ 410: '["ROUTE_GONE"]' });
    expect(openApiDocument(app).paths['/v1/things/{id}']?.get?.deprecated).toBeUndefined();
  });

  it('names every problem of an operation, whichever layer finds it', () => {
    expect(answersOf('get', '/v1/things/{id}').codes).toEqual({
      200: '[]',
      304: '[]',
      400: '["MALFORMED_REQUEST"]',
      401: '["ACCESS_TOKEN_EXPIRED","ACCESS_TOKEN_INVALID","API_KEY_EXPIRED","API_KEY_INVALID","AUTHENTICATION_REQUIRED","SESSION_ENDED"]',
      403: '["PERMISSION_DENIED","REAUTHENTICATION_REQUIRED"]',
      408: '["REQUEST_TIMED_OUT"]',
      414: '["URI_TOO_LONG"]',
      422: '["VALIDATION_FAILED"]',
      429: '["RATE_LIMITED"]',
      431: '["HEADERS_TOO_LARGE"]',
      500: '["INTERNAL_ERROR"]',
      503: '["SERVICE_UNAVAILABLE"]',
    });
    expect(answersOf('post', '/v1/things/{id}/empty').codes).toMatchObject({
      400: '["MALFORMED_REQUEST"]',
      403: '["CSRF_TOKEN_INVALID","ORIGIN_NOT_ALLOWED","PERMISSION_DENIED"]',
      413: '["PAYLOAD_TOO_LARGE"]',
      415: '["UNSUPPORTED_MEDIA_TYPE"]',
      503: '["BODIES_EXHAUSTED","SERVICE_UNAVAILABLE","THINGS_FULL"]',
    });
  });

  it('shows a problem as it would be sent, and errors of fields where there are some', () => {
    const schemas = openApiDocument(app).components?.schemas ?? {};

    expect(schemas['ThingsEmptyProblem503']).toMatchObject({
      example: { type: 'https://api.example.com/errors/bodies-exhausted', status: 503, code: 'BODIES_EXHAUSTED' },
    });
    expect(schemas['ThingsEmptyProblem503']).not.toHaveProperty('properties.errors');
    expect(schemas['ValidationFailedProblem']).toHaveProperty('properties.errors.items', {
      $ref: '#/components/schemas/FieldError',
    });
  });

  it('has an example of each id, so that no schema has to say it', () => {
    const [parameter] = openApiDocument(app).paths['/v1/things/{id}/named']?.put?.parameters ?? [];

    expect(parameter).toMatchObject({ schema: { format: 'uuid', example: expect.stringMatching(/^[\da-f-]{36}$/) } });
  });

  it('names the headers of answers', () => {
    const always = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'];
    const { headers } = answersOf('get', '/v1/things/{id}');

    expect(headers).toMatchObject({
      401: [...always, 'WWW-Authenticate'],
      408: ['X-Request-Id'],
      429: [...always, 'Retry-After'],
    });
    expect([headers[200], headers[304]]).toEqual([
      ['ETag', ...always],
      ['ETag', ...always],
    ]);
    expect(answersOf('post', '/v1/things/{id}/empty').headers[201]).toEqual(['Location', ...always]);
    expect(answersOf('get', '/v1/things/alive').headers[204]).toEqual(['X-Request-Id']);
  });

  it('refers to nothing that is not in it', () => {
    const document = openApiDocument(app);
    const known = Object.entries(document.components ?? {}).flatMap(([kind, parts]) =>
      Object.keys(parts as object).map((name) => `#/components/${kind}/${name}`),
    );

    const references = [...JSON.stringify(document).matchAll(/"\$ref":"(.*?)"/g)].map(([, reference]) => reference);

    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((reference) => !known.includes(String(reference)))).toEqual([]);
  });

  it('has nothing of our own in its schemas', () => {
    expect(JSON.stringify(openApiDocument(app))).not.toContain('x-may');
  });
});
