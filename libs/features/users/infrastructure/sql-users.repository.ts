import { Injectable } from '@nestjs/common';
import { UserNotFound } from '#features/accounts/index.js';
import { RowsOfUsers } from '#platform/access/rows-of-users.js';
import { Database, type Statement } from '#platform/database/database.js';
import { Clock } from '#platform/kernel/clock.js';
import { isId, MAX_ID } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { UserFilter, UsersRepository } from '../application/users.repository.js';
import type { User, UserChange } from '../domain/user.js';

const ROLES = 'ARRAY(SELECT role_name FROM user_roles WHERE user_id = users.id ORDER BY role_name) AS roles';
const COLUMNS = `id, email, email_verified_at AS "emailVerifiedAt", name, status,
  created_at AS "createdAt", updated_at AS "updatedAt", ${ROLES}`;

const LIST: Statement = {
  name: 'users.list',
  text: `SELECT ${COLUMNS} FROM users WHERE id < $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT $2`,
};
// A range and not LIKE: a prepared statement is planned without its values, and a pattern might begin with a wildcard, for which no index helps.
const LIST_BY_EMAIL: Statement = {
  name: 'users.list-by-email',
  text: `SELECT ${COLUMNS} FROM users WHERE email ~>=~ $3 AND email ~<~ $4 AND id < $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT $2`,
};
const FIND: Statement = {
  name: 'users.find',
  text: `SELECT ${COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL`,
};
// NO KEY: the rows that belong to a user, such as sessions and orders, can be written meanwhile.
const LOCK: Statement = {
  name: 'users.lock',
  text: `SELECT ${COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE`,
};
const UPDATE: Statement = {
  name: 'users.update',
  text: `UPDATE users SET name = $2, status = $3::user_status, updated_at = $4 WHERE id = $1`,
};
// `deleted:<id>` is no valid address, so nobody can register it, and holds no personal data.
const FORGET: Statement = {
  name: 'users.forget',
  text: `WITH known AS (SELECT id, email FROM users WHERE id = $1 AND deleted_at IS NULL FOR UPDATE)
    UPDATE users SET email = 'deleted:' || users.id, email_verified_at = NULL, name = NULL, locale = NULL, password_hash = NULL,
      deleted_at = $2, updated_at = $2
    FROM known WHERE users.id = known.id RETURNING known.email`,
};
// Separate statements: each sees what was committed before it began, so also what was added while FORGET waited for the row.
const FORGET_ROLES: Statement = { name: 'users.forget-roles', text: 'DELETE FROM user_roles WHERE user_id = $1' };
const FORGET_PASSWORD_RESETS: Statement = {
  name: 'users.close-password-resets',
  text: 'DELETE FROM password_resets WHERE email = $1',
};

const LAST_CHARACTER = '\u{10ffff}';

@Injectable()
export class SqlUsersRepository implements UsersRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rows: RowsOfUsers,
  ) {}

  async list({ query = '' }: UserFilter, { limit, after }: PageRequest<string>): Promise<Page<User>> {
    const bounds = [after ?? MAX_ID, limit + 1];
    const rows = await this.database.stale(() => {
      if (isId(query)) return this.database.query<User>(FIND, [query]);
      if (query) return this.database.query<User>(LIST_BY_EMAIL, [...bounds, query, query + LAST_CHARACTER]);
      return this.database.query<User>(LIST, bounds);
    });
    return pageOf(rows, limit, ({ id }) => id);
  }

  async find(id: string): Promise<User | null> {
    const [user] = await this.database.query<User>(FIND, [id]);
    return user ?? null;
  }

  update(id: string, change: UserChange): Promise<{ before: User; after: User }> {
    return this.database.transaction(async () => {
      const [before] = await this.database.query<User>(LOCK, [id]);
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

      await this.rows.forget(id);
      await this.database.query(FORGET_ROLES, [id]);
      await this.database.query(FORGET_PASSWORD_RESETS, [forgotten.email]);
    });
  }
}
