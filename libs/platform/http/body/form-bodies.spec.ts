import { Body, Controller, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpApp } from '../../testing/http-app.js';
import { Public } from '../routes/access.decorators.js';
import { AcceptsForm } from './form-bodies.js';

@Controller()
class FormsController {
  @Post('form')
  @Public()
  @AcceptsForm()
  form(@Body({ schema: z.record(z.string(), z.string()) }) body: Record<string, string>) {
    return body;
  }

  @Post('json')
  @Public()
  json(@Body({ schema: z.unknown() }) body: unknown) {
    return { body };
  }
}

const app = await httpApp({ controllers: [FormsController] });
const post = (url: string, payload: string) =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

describe('a form', () => {
  it('is read by a route that accepts one, the last of two equal fields', async () => {
    const { statusCode, body } = await post('/form', 'a=1&a=2&b=%C3%A9+x');

    expect([statusCode, JSON.parse(body)]).toEqual([201, { a: '2', b: 'é x' }]);
  });

  it('is refused by every other route', async () => {
    expect((await post('/json', 'a=1')).statusCode).toBe(415);
  });

  it('without a field is no body', async () => {
    expect((await post('/json', '')).statusCode).toBe(201);
    expect((await post('/form', '')).statusCode).toBe(422);
  });
});
