import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { oneLine, oneLineText } from '#platform/http/input/one-line-text.js';
import { pageQuery } from '#platform/http/input/page-query.js';
import { pathId } from '#platform/http/input/path-id.js';
import { normalizeEmail } from '#platform/kernel/email-address.js';
import { ACCOUNT_STATUSES } from '../domain/account.js';

const MAX_NAME_LENGTH = 200;
const MAX_QUERY_LENGTH = 254;

const name = oneLineText(MAX_NAME_LENGTH);

const query = z
  .string()
  // As addresses are stored.
  .overwrite(normalizeEmail)
  .min(1)
  .max(MAX_QUERY_LENGTH)
  .check(oneLine)
  .meta({ description: 'How the e-mail address begins, or the whole id. A domain in Unicode has to be whole.' });

export const listAccountsQuery = z.strictObject({ ...pageQuery, query: query.optional() });
export type ListAccountsQuery = z.infer<typeof listAccountsQuery>;

export const accountParams = z.strictObject({ id: pathId });
export type AccountParams = z.infer<typeof accountParams>;

export const updateAccountBody = z.strictObject({
  name: name.nullable().optional(),
  status: z.enum(ACCOUNT_STATUSES).optional(),
});
export type UpdateAccountBody = z.infer<typeof updateAccountBody>;

export const accountResponse = z.object({
  id: z.uuid(),
  email: z.string(),
  emailVerifiedAt: timestamp.nullable(),
  name: z.string().nullable(),
  status: z.enum(ACCOUNT_STATUSES),
  roles: z.array(z.string()),
  createdAt: timestamp,
  updatedAt: timestamp,
});
