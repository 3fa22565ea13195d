import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { definedPermissions } from '../kernel/access/permissions.js';
import { AccessCache } from './access-cache.js';
import { AccessInvalidation } from './access-invalidation.js';

/** Holds every permission, also those that are declared tomorrow. */
export const ADMIN_ROLE = 'admin';
/** Given to every account; holds the permissions declared for everyone. */
export const USER_ROLE = 'user';

const FIND_ROLES: Statement = {
  name: 'access.roles-of-user',
  text: `SELECT r.name, r.permissions FROM user_roles ur JOIN roles r ON r.name = ur.role_name WHERE ur.user_id = $1`,
};

const USER = 'user:';

export type Access = Readonly<{ roles: readonly string[]; permissions: ReadonlySet<string> }>;

/** What a user may do. Held in memory: a request pays a map lookup. */
@Injectable()
export class Roles {
  private readonly cache: AccessCache<Access>;

  constructor(
    private readonly database: Database,
    invalidation: AccessInvalidation,
  ) {
    this.cache = new AccessCache(invalidation, (entries, subject) => {
      if (subject.startsWith(USER)) entries.delete(subject.slice(USER.length));
    });
  }

  /** Undefined when they have to be read first. */
  cachedAccessOf(userId: string): Access | undefined {
    return this.cache.get(userId);
  }

  async accessOf(userId: string): Promise<Access> {
    return this.cache.get(userId) ?? this.cache.refresh(userId, () => this.read(userId));
  }

  private async read(userId: string): Promise<Access> {
    const roles = await this.database.query<{ name: string; permissions: string[] }>(FIND_ROLES, [userId]);
    return {
      roles: roles.map(({ name }) => name),
      permissions: new Set(roles.flatMap(({ name, permissions }) => builtInPermissions(name) ?? permissions)),
    };
  }
}

/** Undefined for roles that are defined by their row. */
export function builtInPermissions(role: string): string[] | undefined {
  const defined = [...definedPermissions().values()];
  if (role === ADMIN_ROLE) return defined.map(({ name }) => name);
  if (role === USER_ROLE) return defined.filter(({ everyone }) => everyone).map(({ name }) => name);
  return undefined;
}
