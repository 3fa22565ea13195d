import { describe, expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { newId } from '#platform/kernel/values/ids.js';
import { writeRoles } from '../application/role.permissions.js';
import type { RoleHoldersRepository } from '../application/role-holders.repository.js';
import type { RolesRepository } from '../application/roles.repository.js';
import { RoleInUse, RoleNameTaken, RoleNotFound } from '../domain/role.errors.js';
import { aRole } from './role.factory.js';

type Setup = () => { roles: RolesRepository; holders: RoleHoldersRepository; aUserId: () => Promise<string> };

/** Runs against the fake and against Postgres, so a use case tested on the fake means something. */
export function describeRolesRepository(name: string, setup: Setup): void {
  describe(name, () => {
    it('gives back what was added', async () => {
      const { roles } = setup();
      const role = aRole({ permissions: ['tests:read', 'tests:write'] });

      await roles.add(role);

      expect(await roles.find(role.name)).toEqual(role);
      expect(await roles.list()).toContainEqual(role);
    });

    it('lists roles by name, the built-in ones among them', async () => {
      const { roles } = setup();
      const added = [aRole({ name: `b-${newId()}` }), aRole({ name: `a-${newId()}` })];
      for (const role of added) await roles.add(role);

      const names = (await roles.list()).map((role) => role.name);

      expect(names).toEqual([...names].sort());
      expect(names).toEqual(expect.arrayContaining(['admin', 'user', ...added.map((role) => role.name)]));
    });

    it('knows what the built-in roles may do', async () => {
      const { roles } = setup();

      const [admin, user] = [await roles.find('admin'), await roles.find('user')];

      expect(admin).toMatchObject({
        isBuiltIn: true,
        permissions: expect.arrayContaining([writeRoles.name, 'tests:read']),
      });
      expect(user?.permissions).toContain('tests:everyone');
      expect(user?.permissions).not.toContain('tests:read');
    });

    it('has one role of a name', async () => {
      const { roles } = setup();
      const role = aRole();
      await roles.add(role);

      await expect(roles.add({ ...role, permissions: [] })).rejects.toThrow(RoleNameTaken);
    });

    it('saves what a role may do', async () => {
      const { roles } = setup();
      const role = aRole();
      await roles.add(role);

      await roles.save({ ...role, permissions: ['tests:write'] });

      expect(await roles.find(role.name)).toEqual({ ...role, permissions: ['tests:write'] });
      await expect(roles.save(aRole())).rejects.toThrow(RoleNotFound);
    });

    it('removes what nobody holds', async () => {
      const { roles, holders, aUserId } = setup();
      const [role, userId] = [aRole(), await aUserId()];
      await roles.add(role);
      await holders.assign(userId, [role.name]);

      await expect(roles.remove(role.name)).rejects.toThrow(RoleInUse);
      await holders.assign(userId, []);
      await roles.remove(role.name);

      expect(await roles.find(role.name)).toBeNull();
      await expect(roles.remove(role.name)).rejects.toThrow(RoleNotFound);
    });

    it('gives a user the roles that are said, and no others', async () => {
      const { roles, holders, aUserId } = setup();
      const [first, second, third] = [aRole({ name: `a-${newId()}` }), aRole({ name: `b-${newId()}` }), aRole()];
      for (const role of [first, second, third]) await roles.add(role);
      const userId = await aUserId();

      await holders.assign(userId, [first.name, third.name]);
      await holders.assign(userId, [second.name, first.name]);

      expect(await holders.rolesOf(userId)).toEqual([first, second]);
    });

    it('makes somebody an administrator, as often as it is told to, who keeps the other roles', async () => {
      const { holders, aUserId } = setup();
      const userId = await aUserId();
      await holders.assign(userId, ['user']);

      for (let time = 0; time < 2; time++) await holders.grantAdmin(userId);

      expect((await holders.rolesOf(userId)).map(({ name }) => name)).toEqual(['admin', 'user']);
    });

    it('knows no roles of an unknown user', async () => {
      const { holders } = setup();

      await expect(holders.rolesOf(newId())).rejects.toThrow(UserNotFound);
    });

    it('knows whether there is an administrator', async () => {
      const { holders, aUserId } = setup();
      const userId = await aUserId();

      await holders.assign(userId, ['admin']);

      expect(await holders.hasAdministrator()).toBe(true);
    });
  });
}
