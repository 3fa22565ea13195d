import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/users/index.js';
import { Database, type Statement } from '#platform/database/database.js';
import { Clock } from '#platform/kernel/clock.js';
import { MAX_ID } from '#platform/kernel/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/page.js';
import type { AccountFilter, AccountsRepository } from '../application/accounts.repository.js';
import type { Account, AccountChange } from '../domain/account.js';

const ROLES = 'ARRAY(SELECT role_name FROM user_roles WHERE user_id = users.id ORDER BY role_name) AS roles';
const COLUMNS = `id, email, email_verified_at AS "emailVerifiedAt", name, status,
  created_at AS "createdAt", updated_at AS "updatedAt", ${ROLES}`;

const LIST: Statement = {
  name: 'accounts.list',
  text: `SELECT ${COLUMNS} FROM users WHERE id < $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT $2`,
};
// A range and not LIKE: a prepared statement is planned without its values, and a pattern might begin with a wildcard, for which no index helps.
const LIST_BY_EMAIL: Statement = {
  name: 'accounts.list-by-email',
  text: `SELECT ${COLUMNS} FROM users WHERE email ~>=~ $3 AND email ~<~ $4 AND id < $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT $2`,
};
const FIND: Statement = {
  name: 'accounts.find',
  text: `SELECT ${COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL`,
};
// NO KEY: the rows that belong to a user, such as sessions and orders, can be written meanwhile.
const LOCK: Statement = {
  name: 'accounts.lock',
  text: `SELECT ${COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE`,
};
const UPDATE: Statement = {
  name: 'accounts.update',
  text: `UPDATE users SET name = $2, status = $3::user_status, updated_at = $4 WHERE id = $1`,
};
// `deleted:<id>` is no valid address, so nobody can register it, and holds no personal data.
const FORGET: Statement = {
  name: 'accounts.forget',
  text: `WITH known AS (SELECT id, email FROM users WHERE id = $1 AND deleted_at IS NULL FOR UPDATE)
    UPDATE users SET email = 'deleted:' || users.id, email_verified_at = NULL, name = NULL, password_hash = NULL,
      deleted_at = $2, updated_at = $2
    FROM known WHERE users.id = known.id RETURNING known.email`,
};
// Separate statements: each sees what was committed before it began, so also what was added while FORGET waited for the row.
const FORGET_IDENTITIES: Statement = {
  name: 'accounts.forget-ways-in',
  text: 'DELETE FROM identities WHERE user_id = $1',
};
const FORGET_ROLES: Statement = { name: 'accounts.forget-roles', text: 'DELETE FROM user_roles WHERE user_id = $1' };
const FORGET_PASSWORD_RESETS: Statement = {
  name: 'accounts.close-password-resets',
  text: 'DELETE FROM password_resets WHERE email = $1',
};

const LAST_CHARACTER = '\u{10ffff}';
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@Injectable()
export class SqlAccountsRepository implements AccountsRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list({ query = '' }: AccountFilter, { limit, after }: PageRequest<string>): Promise<Page<Account>> {
    const bounds = [after ?? MAX_ID, limit + 1];
    if (ID.test(query)) return pageOf(await this.database.query<Account>(FIND, [query]), limit, ({ id }) => id);

    const rows = query
      ? await this.database.query<Account>(LIST_BY_EMAIL, [...bounds, query, query + LAST_CHARACTER])
      : await this.database.query<Account>(LIST, bounds);
    return pageOf(rows, limit, ({ id }) => id);
  }

  async find(id: string): Promise<Account | null> {
    const [account] = await this.database.query<Account>(FIND, [id]);
    return account ?? null;
  }

  update(id: string, change: AccountChange): Promise<{ before: Account; after: Account }> {
    return this.database.transaction(async () => {
      const [before] = await this.database.query<Account>(LOCK, [id]);
      if (!before) throw new UserNotFound();

      const { name = before.name, status = before.status } = change;
      if (name === before.name && status === before.status) return { before, after: before };

      const after = { ...before, name, status, updatedAt: this.clock.now() };
      await this.database.query(UPDATE, [id, name, status, after.updatedAt]);
      return { before, after };
    });
  }

  remove(id: string): Promise<void> {
    return this.database.transaction(async () => {
      const [forgotten] = await this.database.query<{ email: string }>(FORGET, [id, this.clock.now()]);
      if (!forgotten) throw new UserNotFound();

      await this.database.query(FORGET_IDENTITIES, [id]);
      await this.database.query(FORGET_ROLES, [id]);
      await this.database.query(FORGET_PASSWORD_RESETS, [forgotten.email]);
    });
  }
}
