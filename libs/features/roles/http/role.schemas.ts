import { z } from 'zod';
import { pathId } from '#platform/http/input/path-id.js';

const MAX_PERMISSIONS = 500;
const MAX_ROLES = 50;

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Expected up to 63 of a-z, 0-9 and -, beginning with a letter')
  .meta({ examples: ['support'] });
const permissions = z
  .array(z.string().max(100))
  .max(MAX_PERMISSIONS)
  .meta({ examples: [['users:read']] });

export const createRoleBody = z.strictObject({ name, permissions }).meta({ id: 'CreateRoleBody' });
export type CreateRoleBody = z.infer<typeof createRoleBody>;

export const changeRoleBody = z.strictObject({ permissions }).meta({ id: 'ChangeRoleBody' });
export type ChangeRoleBody = z.infer<typeof changeRoleBody>;

export const roleParams = z.strictObject({ name });
export type RoleParams = z.infer<typeof roleParams>;

export const assignRolesBody = z
  .strictObject({
    roles: z
      .array(z.string().max(63))
      .max(MAX_ROLES)
      .meta({ examples: [['user', 'support']] }),
  })
  .meta({ id: 'AssignRolesBody' });
export type AssignRolesBody = z.infer<typeof assignRolesBody>;

export const userParams = z.strictObject({ id: pathId });
export type UserParams = z.infer<typeof userParams>;

export const permissionResponse = z
  .object({
    name: z.string().meta({ examples: ['users:read'] }),
    description: z.string().meta({ examples: ['List users and see one.'] }),
    everyone: z
      .boolean()
      .default(false)
      .meta({ description: 'Part of the role `user`, which every account begins with.' }),
  })
  .meta({ id: 'Permission' });

export const roleResponse = z
  .object({
    name: z.string().meta({ examples: ['support'] }),
    isBuiltIn: z.boolean().meta({ description: 'Comes with the software, and does not change.', examples: [false] }),
    permissions: z.array(z.string()).meta({ examples: [['users:read']] }),
  })
  .meta({ id: 'Role' });

export const userRolesResponse = z
  .object({ roles: z.array(z.string()).meta({ examples: [['user', 'support']] }) })
  .meta({ id: 'UserRoles' });
