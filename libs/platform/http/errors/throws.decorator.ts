import type { AppErrorClass } from '../../kernel/errors/app-error.js';
import { declaredConfig, routeConfig } from '../routes/route-config.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    throws?: readonly AppErrorClass[];
  }
}

/** The errors a caller of this route has to reckon with, beside those of every route. Adds up. Documentation only. */
export function Throws(...errors: AppErrorClass[]): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    const { throws = [] } = declaredConfig(descriptor.value);
    routeConfig({ throws: [...throws, ...errors] })(target, key, descriptor);
  };
}
