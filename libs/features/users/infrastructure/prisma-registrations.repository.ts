import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { defineRetention } from '#platform/jobs/retention/retention.js';
import type { RegistrationsRepository } from '../application/registrations.repository.js';
import { UsersRepository } from '../application/users.repository.js';
import type { Registration } from '../domain/registration.js';
import type { User } from '../domain/user.js';
import { EmailTokenInvalid } from '../domain/user.errors.js';

defineRetention({ table: 'registrations', expired: 'expires_at < now()' });

// Takes all registrations of the address, so that of many links for it one wins. Locked in order, or two winners would wait for each other.
const takeRegistrations = {
  name: 'users.take-registrations',
  text: `WITH taken AS (
      SELECT id FROM registrations WHERE email = (SELECT email FROM registrations WHERE id = $1) ORDER BY id FOR UPDATE)
    DELETE FROM registrations r USING taken WHERE r.id = taken.id
    RETURNING r.id, email, name, password_hash AS "passwordHash", created_at AS "createdAt", expires_at AS "expiresAt"`,
};

@Injectable()
export class PrismaRegistrationsRepository implements RegistrationsRepository {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
  ) {}

  async add(registration: Registration): Promise<void> {
    await this.database.client.registration.create({ data: registration });
  }

  findById(id: string): Promise<Registration | null> {
    return this.database.client.registration.findFirst({ where: { id } });
  }

  findLatest(email: string): Promise<Registration | null> {
    return this.database.client.registration.findFirst({ where: { email }, orderBy: { id: 'desc' } });
  }

  confirm(id: string, admit: (registration: Registration) => User): Promise<User> {
    return this.database.transaction(async () => {
      const taken = await this.database.query<Registration>(takeRegistrations, [id]);
      const registration = taken.find((one) => one.id === id);
      if (!registration) throw new EmailTokenInvalid();

      const user = admit(registration);
      await this.users.add(user);
      return user;
    });
  }

  async remove(id: string): Promise<void> {
    await this.database.client.registration.deleteMany({ where: { id } });
  }
}
