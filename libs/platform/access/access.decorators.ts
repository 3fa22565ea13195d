import { routeConfig } from '../http/route-config.js';
import type { Permission } from '../kernel/principal.js';

/** Who may call a route: everybody, every signed-in principal, or the holders of one permission. */
export type Access = 'public' | 'authenticated' | Permission;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

export const Public = (): MethodDecorator => routeConfig({ access: 'public' });

/** For what belongs to the caller itself; the use case still checks whose it is. */
export const Authenticated = (): MethodDecorator => routeConfig({ access: 'authenticated' });

export const RequirePermission = (permission: Permission): MethodDecorator => routeConfig({ access: permission });
