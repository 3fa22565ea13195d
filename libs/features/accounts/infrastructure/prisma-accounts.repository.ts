import { Injectable } from '@nestjs/common';
import { USER_ROLE } from '#platform/access/roles.js';
import { Database, type Statement } from '#platform/database/database.js';
import { violatedIndex } from '#platform/database/failures/constraint-violation.js';
import type { AccountsRepository } from '../application/accounts.repository.js';
import { EmailTaken, UserNotFound } from '../domain/user.errors.js';
import type { User } from '../domain/user.js';

const COLUMNS = `id, email, email_verified_at AS "emailVerifiedAt", name, locale, password_hash AS "passwordHash", status,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

const FIND_BY_ID: Statement = {
  name: 'accounts.find-by-id',
  text: `SELECT ${COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL`,
};
const FIND_BY_EMAIL: Statement = {
  name: 'accounts.find-by-email',
  text: `SELECT ${COLUMNS} FROM users WHERE email = $1 AND deleted_at IS NULL`,
};
// NO KEY: the rows that belong to a user, such as sessions and orders, can be written meanwhile.
const LOCK_BY_ID: Statement = { name: 'accounts.lock-by-id', text: `${FIND_BY_ID.text} FOR NO KEY UPDATE` };

/** Writes through Prisma. Reads are plain SQL: every page of a client asks who is signed in. */
@Injectable()
export class PrismaAccountsRepository implements AccountsRepository {
  constructor(private readonly database: Database) {}

  async add(user: User): Promise<void> {
    try {
      await this.database.transaction(async () => {
        await this.database.client.user.create({ data: user });
        await this.database.client.userRole.create({ data: { userId: user.id, roleName: USER_ROLE } });
      });
    } catch (error) {
      if (violatedIndex(error) === 'users_email') throw new EmailTaken();
      throw error;
    }
  }

  findById(id: string): Promise<User | null> {
    return this.findOne(FIND_BY_ID, id);
  }

  findByEmail(email: string): Promise<User | null> {
    return this.findOne(FIND_BY_EMAIL, email);
  }

  lock(id: string): Promise<User | null> {
    return this.findOne(LOCK_BY_ID, id);
  }

  update(id: string, change: (current: User) => User): Promise<User> {
    return this.database.transaction(async () => {
      const current = await this.lock(id);
      if (current === null) throw new UserNotFound();

      const next = change(current);
      if (next !== current) await this.database.client.user.update({ where: { id }, data: next });
      return next;
    });
  }

  private async findOne(statement: Statement, value: string): Promise<User | null> {
    const [user] = await this.database.query<User>(statement, [value]);
    return user ?? null;
  }
}
