import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';
import { declaredConfig } from '../http/routes/route-config.js';

export const operationId = (controller: string, method: string): string =>
  `${controller.replace(/Controller$/, '')}.${method}`;

/**
 * What decorators such as @RequirePermission, @Returns and @Throws declare of each handler, by operation id.
 * Read from the classes and not from Fastify, so that the document can be made before any route is registered.
 */
export function declaredConfigs(app: NestFastifyApplication): ReadonlyMap<string, Partial<FastifyContextConfig>> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return new Map(
    controllers.flatMap(({ metatype }) => {
      const handlers = (metatype as Type).prototype;
      return Object.getOwnPropertyNames(handlers).map((method): [string, Partial<FastifyContextConfig>] => [
        operationId((metatype as Type).name, method),
        declaredConfig(handlers[method] as object),
      ]);
    }),
  );
}
