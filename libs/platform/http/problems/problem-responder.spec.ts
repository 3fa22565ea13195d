import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuthenticationRequired } from '../../auth/auth.errors.js';
import { PermissionDenied } from '../../kernel/access/principal.js';
import { ServiceUnavailable, UNAVAILABLE_REASONS, unavailable } from '../../kernel/errors/service-unavailable.js';
import { RecordedLog } from '../../testing/doubles/recorded-log.js';
import { httpApp } from '../../testing/http-app.js';
import { Returns } from '../answers/returns.decorator.js';
import { InternalError } from '../errors/http.errors.js';
import { Public } from '../routes/access.decorators.js';
import { ForPeople } from './for-people.decorator.js';
import { ProblemResponder } from './problem-responder.js';

const body = z.strictObject({ email: z.email(), items: z.array(z.strictObject({ quantity: z.int().min(1) })) });

@Controller({ path: 'things', version: '1' })
class ThingsController {
  @Post()
  @Public()
  @Returns(201, body)
  add(@Body({ schema: body }) thing: z.infer<typeof body>) {
    return thing;
  }

  @Get(':id')
  @Public()
  get() {
    throw new Error('password=hunter2 in SELECT * FROM secrets');
  }

  @Delete(':id')
  @Public()
  remove() {
    throw new ServiceUnavailable(undefined, { retryAfterSeconds: 7 });
  }
}

@Controller({ path: 'pages' })
class PagesController {
  @Get(':name')
  @Public()
  @ForPeople('/sign-in')
  show(@Param('name') name: string) {
    if (name === 'closed') throw new AuthenticationRequired();
    throw new PermissionDenied('<b>No.</b>');
  }
}

const setup = (environment = {}) =>
  httpApp({ controllers: [ThingsController, PagesController] }, undefined, environment);
const json = { 'content-type': 'application/json' };
const post = (payload: string | Buffer, headers: Record<string, string> = json): InjectOptions => ({
  method: 'POST',
  url: '/v1/things',
  payload,
  headers,
});

describe('a problem of a page', () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const PUBLIC_URL = 'https://example.test/shop';

  it('leads people who have not signed in to where that is done, and says where to come back to', async () => {
    const app = await setup({ PUBLIC_URL });

    const { statusCode, headers, body } = await app.inject({
      url: '/shop/pages/closed?a=b&c=//d',
      headers: { accept },
    });

    expect([statusCode, body, headers['cache-control']]).toEqual([303, '', 'no-store']);
    expect(headers.location).toBe('/shop/sign-in?returnTo=%2Fpages%2Fclosed%3Fa%3Db%26c%3D%2F%2Fd');
  });

  it('is a page, in which everything is text', async () => {
    const app = await setup({ PUBLIC_URL });

    const { statusCode, headers, body } = await app.inject({ url: '/pages/refused', headers: { accept } });

    expect([statusCode, headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src/);
    expect(body).toContain('&#60;b&#62;No.&#60;/b&#62;');
    expect(body).toContain('href="/shop/sign-in"');
  });

  it.each(['application/json', '*/*', undefined])(
    'is one of RFC 9457 for a program, with Accept: %s',
    async (value) => {
      const app = await setup();
      const headers = value === undefined ? {} : { accept: value };

      const answers = await Promise.all(
        ['closed', 'refused'].map((name) => app.inject({ url: `/pages/${name}`, headers })),
      );

      expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
        [401, 'AUTHENTICATION_REQUIRED'],
        [403, 'PERMISSION_DENIED'],
      ]);
    },
  );
});

describe('a problem', () => {
  it.each<[string, InjectOptions, number, string]>([
    ['an unknown route', { url: '/nowhere' }, 404, 'ROUTE_NOT_FOUND'],
    ['a method the route does not know', { method: 'PUT', url: '/v1/things' }, 405, 'METHOD_NOT_ALLOWED'],
    ['an address that is not UTF-8', { url: '/%FF' }, 400, 'MALFORMED_REQUEST'],
    ['a parameter that is too long', { url: `/v1/things/${'x'.repeat(256)}` }, 414, 'URI_TOO_LONG'],
    ['malformed JSON', post('{'), 400, 'MALFORMED_REQUEST'],
    ['a missing body', post(''), 422, 'VALIDATION_FAILED'],
    ['a poisoned prototype', post('{"__proto__": {"isAdmin": true}}'), 400, 'MALFORMED_REQUEST'],
    ['a body that is too large', post(`"${'x'.repeat(2_000_000)}"`), 413, 'PAYLOAD_TOO_LARGE'],
    ['plain text', post('x', { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a body that is not UTF-8', post(Buffer.from('{"email": "\xe9"}', 'latin1')), 400, 'MALFORMED_REQUEST'],
    [
      'a body in UTF-16',
      post(Buffer.from('{"email": 1}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }),
      400,
      'MALFORMED_REQUEST',
    ],
    ['a method no route knows, with a body', { ...post('{'), method: 'PATCH' }, 405, 'METHOD_NOT_ALLOWED'],
    ['a body for an unknown route', { ...post('{'), url: '/nowhere' }, 404, 'ROUTE_NOT_FOUND'],
    ['wrong types', post('{"email": 1}'), 422, 'VALIDATION_FAILED'],
    ['an unexpected error', { url: '/v1/things/1' }, 500, 'INTERNAL_ERROR'],
  ])('answers %s', async (_, request, status, code) => {
    const app = await setup();

    const response = await app.inject({
      ...request,
      headers: { accept: 'text/html', 'x-request-id': 'req-1', ...request.headers },
    });

    expect(response.statusCode).toBe(status);
    expect(response.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'req-1',
    });
    expect(response.json()).toMatchObject({
      type: `http://localhost:3000/errors/${code.toLowerCase().replaceAll('_', '-')}`,
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
      instance: String(request.url).split('?')[0],
      requestId: 'req-1',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('lists every violation at once, and repeats no value', async () => {
    const app = await setup();

    const response = await app.inject(post('{"email": "hunter2", "items": [{"quantity": 0, "price": 1}], "a/b": 1}'));

    const { errors } = response.json<{ errors: { pointer: string }[] }>();
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '#/a~1b',
      '#/email',
      '#/items/0/price',
      '#/items/0/quantity',
    ]);
    expect(response.body).not.toContain('hunter2');
  });

  it('says nothing about the inside of an unexpected error', async () => {
    const app = await setup();

    const response = await app.inject('/v1/things/1');

    expect(response.body).not.toMatch(/hunter2|SELECT|at .*\.ts/);
  });

  it('tells which methods an address knows', async () => {
    const app = await setup();

    const refused = await app.inject({ method: 'PUT', url: '/v1/things/1' });
    const asked = await app.inject({ method: 'OPTIONS', url: '/v1/things/1' });

    expect(refused.headers.allow).toBe('GET, HEAD, DELETE, OPTIONS');
    expect([asked.statusCode, asked.headers.allow]).toEqual([204, 'GET, HEAD, DELETE, OPTIONS']);
  });

  it('says when to come back', async () => {
    const app = await setup();

    const response = await app.inject({ method: 'DELETE', url: '/v1/things/1' });

    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '7']);
  });
});

describe('what the log says of a problem', () => {
  function setupLog() {
    const log = new RecordedLog();
    const responder = new ProblemResponder('http://localhost:3000', { of: () => [] } as never, log.logger);
    const request = { url: '/', id: 'req-1', headers: {}, routeOptions: { config: {} } };
    const reply: object = new Proxy({}, { get: (_, name) => (name === 'sent' ? false : () => reply) });
    return {
      log,
      answer: (thrown: unknown) => responder.answer(thrown, request as never, reply as never),
    };
  }

  it('is one line of warning, without a stack, when we refuse on purpose', () => {
    const { log, answer } = setupLog();

    answer(unavailable('redis'));

    expect(log.lines).toMatchObject([
      {
        level: 'warn',
        code: 'SERVICE_UNAVAILABLE',
        reason: 'redis',
        request_id: 'req-1',
        msg: UNAVAILABLE_REASONS.redis,
      },
    ]);
    expect(log.text).not.toContain('stack');
  });

  it('is counted by its reason when we cannot answer', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    const { answer } = setupLog();

    answer(unavailable('redis'));
    answer(Object.assign(new Error('no room'), { code: '53300' }));
    answer(new InternalError());
    await reader.forceFlush();

    const [metric] = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    expect(metric?.descriptor.name).toBe('http.server.unavailable');
    expect(metric?.dataPoints.map(({ attributes, value }) => [attributes.reason, value])).toEqual([
      ['redis', 1],
      ['database-pool', 1],
    ]);
    await reader.shutdown();
    metrics.disable();
  });

  it.each([
    [
      'something was not there that we need',
      new ServiceUnavailable(undefined, { cause: new Error('connect ECONNREFUSED') }),
    ],
    ['something broke', new InternalError(undefined, { cause: new Error('broken') })],
    ['something broke and says no more', new InternalError()],
    ['nobody foresaw it', new Error('unforeseen')],
  ])('is an error with everything that is known of it when %s', (_, thrown) => {
    const { log, answer } = setupLog();

    answer(thrown);

    expect(log.lines).toMatchObject([{ level: 'error', request_id: 'req-1' }]);
    expect(log.text).toContain('stack');
  });
});

describe('the documentation of problems', () => {
  it('is HTML for a browser and JSON for a program', async () => {
    const app = await setup();

    const page = await app.inject({ url: '/errors/validation-failed', headers: { accept: 'text/html' } });
    const answer = await app.inject('/errors/validation-failed');

    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.json()).toMatchObject({ data: { code: 'VALIDATION_FAILED', status: 422 } });
  });

  it.each([
    ['text/html;q=0.1, application/json', 'application/json'],
    ['application/json;q=0.5, text/*', 'text/html'],
    ['text/html;q=0', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
    ['*/*', 'application/json'],
  ])('weighs what is accepted: %s', async (accept, type) => {
    const app = await setup();

    const { headers } = await app.inject({ url: '/errors', headers: { accept } });

    expect([headers['content-type']?.toString().split(';')[0], headers.vary]).toEqual([
      type,
      'accept-encoding, accept',
    ]);
  });

  it('answers 404 for a problem nobody defined', async () => {
    const app = await setup();

    expect((await app.inject('/errors/made-up')).statusCode).toBe(404);
  });
});
