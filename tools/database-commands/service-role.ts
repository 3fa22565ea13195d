import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { query } from './query.ts';

export type ServiceRole = Readonly<{ name: string; password: string }>;

const MAY_NOT = '42501';

/**
 * A role that may do what the api and the worker may in production, and no more: deploy/database.md. The password is new each time.
 * @param url a database that was migrated, as whoever may make roles
 * @returns null where nobody may: programs then sign in as the owner of the tables
 */
export async function serviceRole(url: string, name: string): Promise<ServiceRole | null> {
  const password = randomBytes(24).toString('hex');
  const role = pg.escapeIdentifier(name);
  try {
    const [existing] = await query(url, 'SELECT FROM pg_roles WHERE rolname = $1', [name]);
    if (!existing) await query(url, `CREATE ROLE ${role} IN ROLE app_service`);
    await query(url, `ALTER ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
    return { name, password };
  } catch (error) {
    if ((error as { code?: string }).code === MAY_NOT) return null;
    throw error;
  }
}

export const dropServiceRole = (url: string, { name }: ServiceRole) =>
  query(url, `DROP ROLE IF EXISTS ${pg.escapeIdentifier(name)}`);

/** The same database, for that role. */
export const signedInAs = (url: string, { name, password }: ServiceRole): string =>
  Object.assign(new URL(url), { username: name, password }).href;
