import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';

type Declared = Partial<FastifyContextConfig>;

/** By handler. Nest keeps it, too, under a key that it does not promise. */
const declared = new WeakMap<object, Declared>();

/**
 * Adds to what Fastify's hooks read from `request.routeOptions.config`. Read once at start by Fastify's router,
 * so a request pays a property access where a guard would pay a reflection.
 */
export function routeConfig(config: Declared): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    const all = { ...declaredConfig(descriptor.value), ...config };
    declared.set(descriptor.value, all);
    RouteConfig(all)(target, key, descriptor);
  };
}

/** What the decorators of a handler have declared: while they are applied, those below this one. */
export const declaredConfig = (handler: object): Declared => declared.get(handler) ?? {};
