import { UserNotFound } from '#features/accounts/index.js';
import { ADMIN_ROLE, builtInPermissions, USER_ROLE } from '#platform/access/roles.js';
import type { RoleHoldersRepository } from '../application/role-holders.repository.js';
import type { RolesRepository } from '../application/roles.repository.js';
import { RoleInUse, RoleNameTaken, RoleNotFound } from '../domain/role.errors.js';
import type { Role } from '../domain/role.js';

const byName = (a: Role, b: Role): number => (a.name < b.name ? -1 : 1);

/** Roles and who holds them: two ports, because the rows of one refer to those of the other. */
export class InMemoryRoles implements RolesRepository, RoleHoldersRepository {
  private readonly roles = new Map<string, Role>();
  private readonly held = new Map<string, readonly string[]>();

  constructor() {
    for (const name of [ADMIN_ROLE, USER_ROLE]) {
      this.roles.set(name, { name, isBuiltIn: true, permissions: (builtInPermissions(name) ?? []).sort() });
    }
  }

  addUser(userId: string, ...roles: readonly string[]): void {
    this.held.set(userId, roles);
  }

  async list(): Promise<Role[]> {
    return [...this.roles.values()].sort(byName);
  }

  async find(name: string): Promise<Role | null> {
    return this.roles.get(name) ?? null;
  }

  async add(role: Role): Promise<void> {
    if (this.roles.has(role.name)) throw new RoleNameTaken();
    this.roles.set(role.name, role);
  }

  async save(role: Role): Promise<void> {
    if (!this.roles.has(role.name)) throw new RoleNotFound();
    this.roles.set(role.name, role);
  }

  async remove(name: string): Promise<void> {
    if ([...this.held.values()].some((roles) => roles.includes(name))) throw new RoleInUse();
    if (!this.roles.delete(name)) throw new RoleNotFound();
  }

  async rolesOf(userId: string): Promise<Role[]> {
    const names = this.held.get(userId);
    if (!names) throw new UserNotFound();
    return names.flatMap((name) => this.roles.get(name) ?? []).sort(byName);
  }

  async assign(userId: string, roles: readonly string[]): Promise<void> {
    this.held.set(userId, roles);
  }

  async grantAdmin(userId: string): Promise<void> {
    this.held.set(userId, [...new Set([...(this.held.get(userId) ?? []), ADMIN_ROLE])]);
  }

  async hasAdministrator(): Promise<boolean> {
    return [...this.held.values()].some((roles) => roles.includes(ADMIN_ROLE));
  }
}
