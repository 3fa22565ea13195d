import type { RegistrationsRepository } from '../application/registrations.repository.js';
import type { Registration, Renewal } from '../domain/registration.js';
import { EmailTokenInvalid } from '../domain/user.errors.js';

export class InMemoryRegistrationsRepository implements RegistrationsRepository {
  readonly all = new Map<string, Registration>();

  async add(registration: Registration): Promise<void> {
    this.all.set(registration.id, registration);
  }

  async renew(email: string, renewal: Renewal): Promise<void> {
    const waiting = this.of(email).filter(({ expiresAt }) => expiresAt > renewal.createdAt);
    const [first] = waiting;
    if (!first) return;

    const isOfOne = waiting.every(({ passwordHash }) => passwordHash === first.passwordHash);
    const { name, passwordHash } = isOfOne ? first : { name: null, passwordHash: null };
    await this.add({ email, name, passwordHash, ...renewal });
  }

  async findById(id: string): Promise<Registration | null> {
    return this.all.get(id) ?? null;
  }

  async countBefore({ id, email }: Registration, since: Date): Promise<number> {
    return this.of(email).filter((other) => other.id < id && other.createdAt > since).length;
  }

  async take(id: string): Promise<Registration> {
    const registration = this.all.get(id);
    if (!registration) throw new EmailTokenInvalid();

    for (const { id } of this.of(registration.email)) this.all.delete(id);
    return registration;
  }

  /** For the credentials of somebody who has not verified their address. */
  latestWithPassword(email: string): Registration | undefined {
    return this.of(email).filter(({ passwordHash }) => passwordHash !== null).sort((a, b) => b.id.localeCompare(a.id))[0];
  }

  private of(email: string): Registration[] {
    return [...this.all.values()].filter((registration) => registration.email === email);
  }
}
