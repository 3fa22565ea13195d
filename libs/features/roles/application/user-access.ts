import { Injectable } from '@nestjs/common';
import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { LastAdministrator } from '../domain/role.errors.js';
import { requireAuthority } from '../domain/role.js';
import { RoleHoldersRepository } from './role-holders.repository.js';

/** Everything that one user does to the account of another goes through here. */
@Injectable()
export class UserAccess {
  constructor(
    private readonly changes: AccessChanges,
    private readonly holders: RoleHoldersRepository,
  ) {}

  /**
   * Runs `work`, which changes what a user may do, in a transaction. Two administrators who remove each other at the same
   * time do so one after the other, and the second one fails.
   * @throws UserNotFound
   * @throws PermissionDenied when the user may do something that the principal may not
   * @throws LastAdministrator when nobody would be left
   */
  change<T>(principal: Principal, userId: string, work: () => Promise<T>): Promise<T> {
    return this.changes.during(`user:${userId}`, async () => {
      const roles = await this.holders.rolesOf(userId);
      requireAuthority(
        principal,
        roles.flatMap(({ permissions }) => permissions),
      );
      const hadOne = await this.holders.hasAdministrator();
      const result = await work();
      if (hadOne && !(await this.holders.hasAdministrator())) throw new LastAdministrator();
      return result;
    });
  }
}
