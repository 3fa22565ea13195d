import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyContextConfig } from 'fastify';

export const operationId = (controller: string, method: string): string =>
  `${controller.replace(/Controller$/, '')}.${method}`;

/**
 * What decorators such as @RequirePermission, @Returns and @Throws declare of each handler, by operation id.
 * Read from the classes and not from Fastify, so that the document can be made before any route is registered.
 */
export function declaredConfigs(app: NestFastifyApplication): ReadonlyMap<string, FastifyContextConfig> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return new Map(
    controllers.flatMap(({ metatype }) => {
      const handlers = (metatype as Type).prototype;
      return Object.getOwnPropertyNames(handlers).map((method): [string, FastifyContextConfig] => [
        operationId((metatype as Type).name, method),
        Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handlers[method] as object) ?? {},
      ]);
    }),
  );
}
