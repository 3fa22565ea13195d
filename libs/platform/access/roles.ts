import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, type Statement } from '../database/database.js';
import { definedPermissions } from '../kernel/permissions.js';

/** Holds every permission, also those that are declared tomorrow. */
export const ADMIN_ROLE = 'admin';
/** Given to every account; holds the permissions declared for everyone. */
export const USER_ROLE = 'user';

const CACHED_USERS = 10_000;
/** How long a process may act on roles it has read, should it miss the news that they changed. */
const CACHED_MILLISECONDS = 30_000;

const FIND_ROLES: Statement = {
  name: 'access.roles-of-user',
  text: `SELECT r.name, r.permissions FROM user_roles ur JOIN roles r ON r.name = ur.role_name WHERE ur.user_id = $1`,
};

/** What a user may do. Held in memory: a request pays a map lookup. */
@Injectable()
export class Roles {
  private readonly cache = new LRUCache<string, ReadonlySet<string>>({ max: CACHED_USERS, ttl: CACHED_MILLISECONDS });

  constructor(private readonly database: Database) {}

  /** Undefined when they have to be read first. */
  knownPermissionsOf(userId: string): ReadonlySet<string> | undefined {
    return this.cache.get(userId);
  }

  async permissionsOf(userId: string): Promise<ReadonlySet<string>> {
    const known = this.cache.get(userId);
    if (known) return known;

    const roles = await this.database.query<{ name: string; permissions: string[] }>(FIND_ROLES, [userId]);
    const permissions = new Set(roles.flatMap(({ name, permissions }) => builtInPermissions(name) ?? permissions));
    this.cache.set(userId, permissions);
    return permissions;
  }

  /** Call after the roles of a user changed. */
  forget(userId: string): void {
    this.cache.delete(userId);
  }
}

function builtInPermissions(role: string): string[] | undefined {
  const defined = [...definedPermissions()];
  if (role === ADMIN_ROLE) return defined.map(([name]) => name);
  if (role === USER_ROLE) return defined.filter(([, { everyone }]) => everyone).map(([name]) => name);
  return undefined;
}
