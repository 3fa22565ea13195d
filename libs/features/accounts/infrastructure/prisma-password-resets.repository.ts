import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import type { PasswordResetsRepository } from '../application/passwords/reset/password-resets.repository.js';
import type { PasswordReset } from '../domain/password-reset.js';
import { ResetTokenInvalid } from '../domain/user.errors.js';

// Locked in order, or two that close the same address would wait for each other.
const CLOSE_RESETS: Statement = {
  name: 'accounts.close-password-resets',
  text: `WITH closed AS (SELECT id FROM password_resets WHERE email = $1 ORDER BY id FOR UPDATE)
    DELETE FROM password_resets r USING closed WHERE r.id = closed.id RETURNING r.id`,
};

@Injectable()
export class PrismaPasswordResetsRepository implements PasswordResetsRepository {
  constructor(private readonly database: Database) {}

  async add(reset: PasswordReset): Promise<void> {
    await this.database.client.passwordReset.create({ data: reset });
  }

  findById(id: string): Promise<PasswordReset | null> {
    return this.database.client.passwordReset.findFirst({ where: { id } });
  }

  countOpenBefore({ id, email }: PasswordReset, now: Date): Promise<number> {
    return this.database.client.passwordReset.count({ where: { email, id: { lt: id }, expiresAt: { gt: now } } });
  }

  async remove(id: string): Promise<void> {
    await this.database.client.passwordReset.deleteMany({ where: { id } });
  }

  closeAll<T>(email: string, id: string | null, work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      const closed = await this.database.query<{ id: string }>(CLOSE_RESETS, [email]);
      if (id !== null && !closed.some((one) => one.id === id)) throw new ResetTokenInvalid();
      return work();
    });
  }
}
