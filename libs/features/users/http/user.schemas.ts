import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { oneLine, oneLineText } from '#platform/http/input/one-line-text.js';
import { pageQuery } from '#platform/http/input/page-query.js';
import { pathId } from '#platform/http/input/path-id.js';
import { normalizeEmail } from '#platform/kernel/values/email-address.js';
import { USER_STATUSES } from '../domain/user.js';

const MAX_NAME_LENGTH = 200;
const MAX_QUERY_LENGTH = 254;

const name = oneLineText(MAX_NAME_LENGTH).meta({ examples: ['Ada Lovelace'] });

const query = z
  .string()
  // As addresses are stored.
  .overwrite(normalizeEmail)
  .min(1)
  .max(MAX_QUERY_LENGTH)
  .check(oneLine)
  .meta({ description: 'How the e-mail address begins, or the whole id. A domain in Unicode has to be whole.' });

export const listUsersQuery = z.strictObject({ ...pageQuery, query: query.optional() });
export type ListUsersQuery = z.infer<typeof listUsersQuery>;

export const userParams = z.strictObject({ id: pathId });
export type UserParams = z.infer<typeof userParams>;

export const updateUserBody = z
  .strictObject({
    name: name.nullable().optional(),
    status: z.enum(USER_STATUSES).optional(),
  })
  .meta({ id: 'UpdateUserBody' });
export type UpdateUserBody = z.infer<typeof updateUserBody>;

export const userResponse = z
  .object({
    id: z.uuid(),
    email: z.string().meta({ examples: ['ada@example.com'] }),
    emailVerifiedAt: timestamp.nullable(),
    name: z
      .string()
      .nullable()
      .meta({ examples: ['Ada Lovelace'] }),
    status: z.enum(USER_STATUSES),
    roles: z.array(z.string()).meta({ examples: [['user']] }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'User' });
