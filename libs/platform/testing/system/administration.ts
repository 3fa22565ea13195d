import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { type Person, signUp } from './people.js';
import type { System } from './system.js';

/** Speaks to the database of a system, for what no route can do. */
export async function inDatabase<Row extends pg.QueryResultRow>(
  { env }: Pick<System, 'env'>,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export type Account = Person & Readonly<{ id: string }>;

/** Somebody who signed up, and their id. */
export async function signUpWithId(system: System): Promise<Account> {
  const person = await signUp(system);
  const [row] = await inDatabase<{ id: string }>(system, 'SELECT id FROM users WHERE email = $1', [person.email]);
  return { ...person, id: row?.id ?? '' };
}

/** The first administrator of a system comes from outside. Takes the role away from all others, so that tests know who has it. */
export async function signUpOnlyAdministrator(system: System): Promise<Account> {
  const account = await signUpWithId(system);
  await inDatabase(system, `DELETE FROM user_roles WHERE role_name = 'admin'`);
  await inDatabase(system, `INSERT INTO user_roles (user_id, role_name) VALUES ($1, 'admin')`, [account.id]);
  return account;
}

/** The id of somebody who never signs in. */
export async function aSilentUser(system: Pick<System, 'env'>): Promise<string> {
  const id = v7();
  const insertUser = `INSERT INTO users (id, email, created_at, updated_at) VALUES ($1, $2, now(), now())`;
  await inDatabase(system, insertUser, [id, `${randomUUID()}@example.test`]);
  await inDatabase(system, `INSERT INTO user_roles (user_id, role_name) VALUES ($1, 'user')`, [id]);
  return id;
}

/** Without the types of the client: the feature may not be there. */
export async function anApiKey(
  { client }: System,
  token: string,
  permissions: readonly string[],
): Promise<{ id: string; key: string }> {
  const { status, body } = await client.post('/v1/api-keys', { name: 'tests', permissions }, { token });
  if (status !== 201) throw new Error(`No API key: ${JSON.stringify(body)}`);
  return body.data;
}
