import { Injectable } from '@nestjs/common';
import { USER_ROLE } from '#platform/access/roles.js';
import { violatedIndex } from '#platform/database/constraint-violation.js';
import { Database } from '#platform/database/database.js';
import type { User as Row } from '#platform/database/generated/client.js';
import type { UsersRepository } from '../application/users.repository.js';
import type { User } from '../domain/user.js';
import { EmailTaken, UserNotFound } from '../domain/user.errors.js';

// NO KEY: the rows that belong to a user, such as sessions and orders, can be written meanwhile.
const lockUser = { name: 'users.lock', text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE' };

@Injectable()
export class PrismaUsersRepository implements UsersRepository {
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

  async findById(id: string): Promise<User | null> {
    const row = await this.database.client.user.findFirst({ where: { id, deletedAt: null } });
    return row && toUser(row);
  }

  async findByEmail(email: string): Promise<User | null> {
    const row = await this.database.client.user.findFirst({ where: { email, deletedAt: null } });
    return row && toUser(row);
  }

  async lock(id: string): Promise<User | null> {
    await this.database.query(lockUser, [id]);
    return this.findById(id);
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
}

function toUser({ deletedAt: _, ...user }: Row): User {
  return user;
}
