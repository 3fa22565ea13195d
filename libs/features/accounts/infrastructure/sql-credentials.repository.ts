import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import {
  type Credentials,
  CredentialsChanged,
  type CredentialsRepository,
  type VerifiedCredentials,
} from '../application/passwords/credentials.repository.js';

const FIND_CREDENTIALS: Statement = {
  name: 'accounts.find-credentials',
  text: `SELECT id AS "userId", password_hash AS "passwordHash", status = 'disabled' AS "isDisabled"
      FROM users WHERE email = $1 AND deleted_at IS NULL
    UNION ALL
    (SELECT NULL, password_hash, false FROM registrations
      WHERE email = $1 AND expires_at > $2 AND password_hash IS NOT NULL ORDER BY id DESC LIMIT 1)`,
};

// SHARE: sign-ins do not wait for each other, and a change of password or status waits for them, or they for it.
const HOLD_CREDENTIALS: Statement = {
  name: 'accounts.hold-credentials',
  text: `SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 AND status = 'active' AND deleted_at IS NULL FOR SHARE`,
};

// updated_at stays: it is still the same password.
const RENEW_HASH: Statement = {
  name: 'accounts.renew-hash',
  text: 'UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2 AND deleted_at IS NULL RETURNING 1',
};

@Injectable()
export class SqlCredentialsRepository implements CredentialsRepository {
  constructor(private readonly database: Database) {}

  async findByEmail(email: string, now: Date): Promise<Credentials | null> {
    const found = await this.database.query<Omit<Credentials, 'registeredHash'>>(FIND_CREDENTIALS, [email, now]);
    if (found.length === 0) return null;

    const user = found.find(({ userId }) => userId !== null) ?? { userId: null, passwordHash: null, isDisabled: false };
    const registration = found.find(({ userId }) => userId === null);
    return { ...user, registeredHash: registration?.passwordHash ?? null };
  }

  whileUnchanged<T>({ userId, passwordHash }: Credentials, work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      // Together with what `work` begins with, which saves a round trip. Where no row was there to lock, the error rolls back what it wrote.
      const [held, result] = await this.database.inOrder(
        () => this.database.query(HOLD_CREDENTIALS, [userId, passwordHash]),
        work,
      );
      if (held.length === 0) throw new CredentialsChanged();
      return result;
    });
  }

  async renewHash({ userId, passwordHash }: VerifiedCredentials, renewed: string): Promise<boolean> {
    return (await this.database.query(RENEW_HASH, [userId, passwordHash, renewed])).length > 0;
  }
}
