import type { FastifyInstance } from 'fastify';
import { definedPermissions } from '../../kernel/access/permissions.js';
import { isPermission } from './access.decorators.js';

/** A route that does not say who may call it stops the start: forgetting must not mean open. */
export function requireDeclaredAccess(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', ({ method, url, config }) => {
    const route = `${[method].flat().join(', ')} ${url}`;
    const access = config?.access;
    if (method === 'OPTIONS' && url === '*') return;
    if (access === undefined) {
      throw new Error(`${route} declares no access. Put @Public(), @Authenticated() or @RequirePermission(…) on it.`);
    }
    if (access === 'public' && config?.recentSignIn === true) {
      throw new Error(`${route} is public: nobody has signed in whose sign-in could be recent.`);
    }
    if (isPermission(access) && definedPermissions().get(access.name) !== access) {
      throw new Error(`${route} requires the permission ${access.name}, which does not come from definePermission().`);
    }
  });
}
