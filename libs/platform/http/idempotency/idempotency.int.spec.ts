import { Body, Controller, Injectable, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadEnv } from '../../config/load-env.js';
import { Database } from '../../database/database.js';
import { connectionOptions } from '../../database/pool/connection.js';
import { RoutedPool } from '../../database/pool/routed-pool.js';
import { Transaction } from '../../kernel/transaction.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { httpApp } from '../../testing/http-app.js';
import { Returns } from '../answers/returns.decorator.js';
import { Authenticated } from '../routes/access.decorators.js';
import { Idempotent } from './idempotent.decorator.js';
import { StoredAnswers } from './stored-answers.js';

const roleBody = z.strictObject({ name: z.string().min(1) });

/** Creates a row and gives it a random version, so that a second effect would show. */
@Controller('roles')
@Injectable()
class RolesController {
  constructor(private readonly database: Database) {}

  @Post()
  @Authenticated()
  @Idempotent()
  @Returns(201, z.object({ name: z.string(), version: z.string() }), {
    location: ({ name }: { name: string }) => `/roles/${name}`,
    etag: ({ version }: { version: string }) => version,
  })
  async create(@Body({ schema: roleBody }) { name }: z.infer<typeof roleBody>) {
    await this.database.client.role.create({ data: { name: `${name}-${crypto.randomUUID()}` } });
    if (name.startsWith('fails')) throw new Error('after the effect');
    return { name, version: crypto.randomUUID() };
  }
}

describe('an idempotent POST', () => {
  let app: NestFastifyApplication;
  const env = loadEnv(aValidEnv({ DATABASE_URL: process.env.DATABASE_URL }));
  const database = new Database(new RoutedPool(connectionOptions(env, 'idempotency.int.spec')));

  beforeAll(async () => {
    app = await httpApp({
      controllers: [RolesController],
      providers: [
        { provide: Database, useValue: database },
        { provide: Transaction, useExisting: Database },
        StoredAnswers,
      ],
    });
  });
  afterAll(() => app.close());

  const post = (name: string, key: string | string[], url = '/roles') =>
    app.inject({ method: 'POST', url, payload: { name }, headers: { 'idempotency-key': key } } as InjectOptions);
  const effects = (name: string) => database.client.role.count({ where: { name: { startsWith: `${name}-` } } });
  const aName = () => `role${crypto.randomUUID()}`;

  it('acts once for fifty that come at once', async () => {
    const [name, key] = [aName(), crypto.randomUUID()];

    const responses = await Promise.all(Array.from({ length: 50 }, () => post(name, key)));

    const statuses = new Set(responses.map(({ statusCode }) => statusCode));
    expect(await effects(name)).toBe(1);
    expect(
      responses.filter(({ statusCode, headers }) => statusCode === 201 && !headers['idempotency-replayed']),
    ).toHaveLength(1);
    expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
  });

  it('answers a repetition with the first answer', async () => {
    const [name, key] = [aName(), crypto.randomUUID()];

    const first = await post(name, key);
    const second = await post(name, `"${key}"`);

    expect(first.statusCode).toBe(201);
    expect(second.statusCode).toBe(201);
    expect(second.body).toBe(first.body);
    expect(second.headers).toMatchObject({
      location: first.headers.location,
      etag: first.headers.etag,
      'content-type': first.headers['content-type'],
      'idempotency-replayed': 'true',
    });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(await effects(name)).toBe(1);
  });

  it.each([
    ['another body', () => aName(), '/roles'],
    ['another address', (name: string) => name, '/roles?x=1'],
  ])('answers 422 to the same key with %s', async (_, otherName, url) => {
    const [name, key] = [aName(), crypto.randomUUID()];
    await post(name, key);

    const response = await post(otherName(name), key, url);

    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it.each<[string, string | string[]]>([
    ['empty', ''],
    ['an empty string', '""'],
    ['too long', 'x'.repeat(256)],
    ['sent twice', ['a', 'b']],
    ['half quoted', '"a'],
  ])('answers 400 to a key that is %s', async (_, key) => {
    expect((await post(aName(), key)).json()).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_INVALID' });
  });

  it('answers 400 without a key', async () => {
    const response = await app.inject({ method: 'POST', url: '/roles', payload: { name: aName() } });

    expect(response.statusCode).toBe(400);
  });

  it('answers 400 to a body that is deeper than the stack', async () => {
    const depth = 100_000;
    const payload = `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`;

    const response = await app.inject({
      method: 'POST',
      url: '/roles',
      payload,
      headers: { 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' },
    });

    expect(response.json()).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST' });
  });

  it('stores no failure, and no effect of it', async () => {
    const [name, key] = [`fails${aName()}`, crypto.randomUUID()];

    const first = await post(name, key);
    const invalid = await post('', key);
    const corrected = await post(name.replace('fails', ''), key);

    expect([first.statusCode, invalid.statusCode, corrected.statusCode]).toEqual([500, 422, 201]);
    expect(await effects(name)).toBe(0);
  });
});
