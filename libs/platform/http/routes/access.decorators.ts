import type { Permission } from '../../kernel/access/permissions.js';
import { routeConfig } from './route-config.js';

/** Who may call a route: everybody, every signed-in user, every credential whatsoever, or the holders of one permission. */
export type Access = 'public' | 'authenticated' | 'any-credential' | Permission;

export const isPermission = (access: Access): access is Permission => typeof access === 'object';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    recentSignIn?: boolean;
  }
}

export const Public = (): MethodDecorator => routeConfig({ access: 'public' });

/**
 * For what belongs to the caller itself; the use case still checks whose it is. Not for API keys, which may do what their
 * permissions say and nothing else: a key to read orders must not change its owner's password.
 */
export const Authenticated = (): MethodDecorator => routeConfig({ access: 'authenticated' });

/** Like Authenticated, and open to API keys: for what any key may know. */
export const AnyCredential = (): MethodDecorator => routeConfig({ access: 'any-credential' });

export const RequirePermission = (permission: Permission): MethodDecorator => routeConfig({ access: permission });

/**
 * For what outlasts the session that asks for it: a new credential, new permissions. A stolen access token lives ten minutes, and must not
 * become more than that. Somebody who signed in more than five minutes ago proves again who they are (docs/decisions/031).
 */
export const RecentSignIn = (): MethodDecorator => routeConfig({ recentSignIn: true });
