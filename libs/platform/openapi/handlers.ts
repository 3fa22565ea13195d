import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';
import { declaredConfig } from '../http/routes/route-config.js';
import { type Tag, tagOf } from '../http/routes/tag.decorator.js';

/** What decorators such as @RequirePermission, @Returns and @Throws declare of it, and the tag of its module. */
export type Handler = Readonly<{ config: Partial<FastifyContextConfig>; tag?: Tag | undefined }>;

export const operationId = (controller: string, method: string): string =>
  `${controller.replace(/Controller$/, '')}.${method}`;

/**
 * Every method of a controller, by operation id. Read from the classes and not from Fastify, so that the document can be made before any
 * route is registered.
 */
export function declaredHandlers(app: NestFastifyApplication): ReadonlyMap<string, Handler> {
  const modules = [...app.get(ModulesContainer).values()];
  return new Map(
    modules.flatMap(({ metatype, controllers }) => {
      const tag = tagOf(metatype);
      return [...controllers.values()].flatMap((controller) => handlersOf(controller.metatype as Type, tag));
    }),
  );
}

const handlersOf = ({ name, prototype }: Type, tag: Tag | undefined): [string, Handler][] =>
  Object.getOwnPropertyNames(prototype).map((method) => [
    operationId(name, method),
    { config: declaredConfig(prototype[method] as object), tag },
  ]);
