import type { RegistrationsRepository } from '../../application/registration/registrations.repository.js';
import { contested, type Registration, type Renewal } from '../../domain/registration.js';
import { EmailTokenInvalid } from '../../domain/user.errors.js';

export class InMemoryRegistrationsRepository implements RegistrationsRepository {
  readonly all = new Map<string, Registration>();

  async add(registration: Registration): Promise<void> {
    this.all.set(registration.id, registration);
  }

  async renew(email: string, renewal: Renewal): Promise<void> {
    const waiting = this.of(email).filter(({ expiresAt }) => expiresAt > renewal.createdAt);
    const [first] = waiting;
    if (!first) return;

    await this.add({ ...(isContested(waiting) ? contested(first) : first), ...renewal });
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

    const taken = this.of(registration.email);
    for (const { id } of taken) this.all.delete(id);
    return isContested(taken) ? contested(registration) : registration;
  }

  async findLatest(email: string): Promise<Registration | null> {
    return latest(this.of(email)) ?? null;
  }

  /** For the credentials of somebody who has not verified their address. */
  latestWithPassword(email: string, now: Date): Registration | undefined {
    return latest(this.of(email).filter(({ passwordHash, expiresAt }) => passwordHash !== null && expiresAt > now));
  }

  private of(email: string): Registration[] {
    return [...this.all.values()].filter((registration) => registration.email === email);
  }
}

const latest = (registrations: readonly Registration[]): Registration | undefined =>
  registrations.toSorted((a, b) => b.id.localeCompare(a.id))[0];

const isContested = (registrations: readonly Registration[]): boolean =>
  new Set(registrations.map(({ passwordHash }) => passwordHash)).size > 1;
