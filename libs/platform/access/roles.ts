import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, type Statement } from '../database/database.js';
import type { AccessSubject } from '../kernel/access-changes.js';
import { definedPermissions } from '../kernel/permissions.js';
import { AccessInvalidation } from './access-invalidation.js';

/** Holds every permission, also those that are declared tomorrow. */
export const ADMIN_ROLE = 'admin';
/** Given to every account; holds the permissions declared for everyone. */
export const USER_ROLE = 'user';

const CACHED_USERS = 10_000;
/** How long a process may act on roles it has read, should neither Redis nor Postgres tell it that they changed. */
const CACHED_MS = 30_000;

const FIND_ROLES: Statement = {
  name: 'access.roles-of-user',
  text: `SELECT r.name, r.permissions FROM user_roles ur JOIN roles r ON r.name = ur.role_name WHERE ur.user_id = $1`,
};

const USER = 'user:';

/** What a user may do. Held in memory: a request pays a map lookup. */
@Injectable()
export class Roles {
  private readonly cache = new LRUCache<string, ReadonlySet<string>>({ max: CACHED_USERS, ttl: CACHED_MS });

  /** Grows with every change: what was read before one must not be remembered after it. */
  private generation = 0;

  constructor(
    private readonly database: Database,
    invalidation: AccessInvalidation,
  ) {
    invalidation.onInvalidate((subject) => this.forget(subject));
  }

  /** Undefined when they have to be read first. */
  cachedPermissionsOf(userId: string): ReadonlySet<string> | undefined {
    return this.cache.get(userId);
  }

  async permissionsOf(userId: string): Promise<ReadonlySet<string>> {
    const known = this.cache.get(userId);
    if (known) return known;

    const { generation } = this;
    const roles = await this.database.query<{ name: string; permissions: string[] }>(FIND_ROLES, [userId]);
    const permissions = new Set(roles.flatMap(({ name, permissions }) => builtInPermissions(name) ?? permissions));
    if (generation === this.generation) this.cache.set(userId, permissions);
    return permissions;
  }

  private forget(subject: AccessSubject): void {
    this.generation++;
    if (subject === 'everyone') this.cache.clear();
    else if (subject.startsWith(USER)) this.cache.delete(subject.slice(USER.length));
  }
}

/** Undefined for roles that are defined by their row. */
export function builtInPermissions(role: string): string[] | undefined {
  const defined = [...definedPermissions()];
  if (role === ADMIN_ROLE) return defined.map(([name]) => name);
  if (role === USER_ROLE) return defined.filter(([, { everyone }]) => everyone).map(([name]) => name);
  return undefined;
}
