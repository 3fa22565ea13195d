import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyContextConfig } from 'fastify';

/**
 * Adds to what Fastify's hooks read from `request.routeOptions.config`. Read once at start by Fastify's router,
 * so a request pays a property access where a guard would pay a reflection.
 */
export function routeConfig(config: Partial<FastifyContextConfig>): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    RouteConfig({ ...declaredConfig(descriptor), ...config })(target, key, descriptor);
  };
}

/** What the decorators below this one have declared. */
export function declaredConfig({ value }: PropertyDescriptor): Partial<FastifyContextConfig> {
  return Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, value) ?? {};
}
