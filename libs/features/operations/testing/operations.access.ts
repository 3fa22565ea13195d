import { randomUUID } from 'node:crypto';
import type { Expectation, World } from '#platform/testing/system/access-expectations.js';
import { inDatabase } from '#platform/testing/system/administration.js';

/** One of the user's that no worker takes up. */
const anOperation = async ({ system, user }: World) => {
  const id = randomUUID();
  const insert = `INSERT INTO operations (id, kind, owner_id, input) VALUES ($1, 'tests.unknown', $2, '{}')`;
  await inDatabase(system, insert, [id, user.id]);
  return { params: { id } };
};

export const expectations: Readonly<Record<string, Expectation>> = {
  'Operations.get': {
    statuses: { anonymous: 401, user: 200, other: 404, admin: 200, apiKey: 404 },
    call: anOperation,
  },
  'Operations.cancel': {
    statuses: { anonymous: 401, user: 202, other: 404, admin: 202, apiKey: 404 },
    call: anOperation,
  },
};
