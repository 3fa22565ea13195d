import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { Public } from '../access/access.decorators.js';
import { httpApp } from '../testing/http-app.js';
import { openApiDocument } from './openapi.js';
import { Returns } from './returns.decorator.js';

const body = z.strictObject({ name: z.string() });
const query = z.object({ limit: z.coerce.number().optional() });

@Controller({ path: 'things', version: '1' })
class ThingsController {
  @Get()
  @Public()
  @Returns(204)
  list(@Query({ schema: query }) _: unknown): void {}

  @Post('named')
  @Public()
  @Returns(204)
  name(@Body({ schema: body }) _: unknown): void {}

  @Post('nullish')
  @Public()
  @Returns(204)
  maybe(@Body({ schema: body.nullish() }) _: unknown): void {}

  @Post('optional')
  @Public()
  @Returns(204)
  perhaps(@Body({ schema: body.optional() }) _: unknown): void {}
}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await httpApp({ controllers: [ThingsController] });
});
afterAll(() => app.close());

describe('the document', () => {
  it.each([
    ['named', true, 422],
    ['nullish', false, 204],
    ['optional', false, 204],
  ])('says of the body of /%s whether it may be left out: required %p, answered %i without', async (path, required, status) => {
    const url = `/v1/things/${path}`;

    const { statusCode } = await app.inject({ method: 'POST', url });

    expect(openApiDocument(app).paths[url]?.post?.requestBody).toMatchObject({ required });
    expect(statusCode).toBe(status);
  });

  it('has nothing of our own in its schemas', () => {
    expect(JSON.stringify(openApiDocument(app))).not.toContain('x-may');
  });
});
