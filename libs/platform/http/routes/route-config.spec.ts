import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { ServiceUnavailable } from '../../kernel/errors/service-unavailable.js';
import { httpApp } from '../../testing/http-app.js';
import { BodyLimit } from '../body/body-limit.decorator.js';
import { RouteNotFound } from '../errors/http.errors.js';
import { Throws } from '../errors/throws.decorator.js';
import { Public } from './access.decorators.js';
import { declaredConfig } from './route-config.js';

let seen: object = {};

@Controller()
class RocksController {
  @Get('rocks')
  @Throws(RouteNotFound)
  @Public()
  @BodyLimit(7)
  @Throws(ServiceUnavailable)
  list(@Req() { routeOptions }: FastifyRequest): void {
    seen = routeOptions.config;
  }

  undecorated(): void {}
}

const DECLARED = { access: 'public', bodyLimit: 7, throws: [ServiceUnavailable, RouteNotFound] };

it('adds up what the decorators of a handler declare', () => {
  expect(declaredConfig(RocksController.prototype.list)).toEqual(DECLARED);
  expect(declaredConfig(RocksController.prototype.undecorated)).toEqual({});
});

it('gives all of it to Fastify', async () => {
  const app = await httpApp({ controllers: [RocksController] });

  await app.inject('/rocks');

  expect(seen).toMatchObject(DECLARED);
});
