import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import type { RegistrationsRepository } from '../application/registration/registrations.repository.js';
import { contested, type Registration, type Renewal } from '../domain/registration.js';
import { EmailTokenInvalid } from '../domain/user.errors.js';

// `of_one`: all have the same password. One without counts as different, which count(DISTINCT) alone would leave out.
const RENEW_REGISTRATION: Statement = {
  name: 'accounts.renew-registration',
  text: `INSERT INTO registrations (id, email, name, locale, password_hash, created_at, expires_at)
    SELECT $2, email, CASE WHEN of_one THEN name END, CASE WHEN of_one THEN locale END,
      CASE WHEN of_one THEN password_hash END, $3, $4
    FROM (
      SELECT email, max(name) AS name, max(locale) AS locale, max(password_hash) AS password_hash,
        count(DISTINCT password_hash) = 1 AND count(password_hash) = count(*) AS of_one
      FROM registrations WHERE email = $1 AND expires_at > $3 GROUP BY email) AS waiting`,
};

// Takes all registrations of the address, so that of many links for it one wins. Locked in order, or two winners would wait for each other.
const TAKE_REGISTRATIONS: Statement = {
  name: 'accounts.take-registrations',
  text: `WITH taken AS (
      SELECT id FROM registrations WHERE email = (SELECT email FROM registrations WHERE id = $1) ORDER BY id FOR UPDATE),
    deleted AS (DELETE FROM registrations r USING taken WHERE r.id = taken.id RETURNING r.*)
    SELECT id, email, name, locale, password_hash AS "passwordHash", created_at AS "createdAt", expires_at AS "expiresAt",
      (SELECT count(DISTINCT coalesce(password_hash, '')) > 1 FROM deleted) AS "isContested"
    FROM deleted WHERE id = $1`,
};

@Injectable()
export class PrismaRegistrationsRepository implements RegistrationsRepository {
  constructor(private readonly database: Database) {}

  async add(registration: Registration): Promise<void> {
    await this.database.client.registration.create({ data: registration });
  }

  async renew(email: string, { id, createdAt, expiresAt }: Renewal): Promise<void> {
    await this.database.query(RENEW_REGISTRATION, [email, id, createdAt, expiresAt]);
  }

  findById(id: string): Promise<Registration | null> {
    return this.database.client.registration.findFirst({ where: { id } });
  }

  findLatest(email: string): Promise<Registration | null> {
    return this.database.client.registration.findFirst({ where: { email }, orderBy: { id: 'desc' } });
  }

  countBefore({ id, email }: Registration, since: Date): Promise<number> {
    return this.database.client.registration.count({ where: { email, id: { lt: id }, createdAt: { gt: since } } });
  }

  async take(id: string): Promise<Registration> {
    const [taken] = await this.database.query<Registration & { isContested: boolean }>(TAKE_REGISTRATIONS, [id]);
    if (!taken) throw new EmailTokenInvalid();

    const { isContested, ...registration } = taken;
    return isContested ? contested(registration) : registration;
  }
}
