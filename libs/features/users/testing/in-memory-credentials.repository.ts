import {
  type Credentials,
  CredentialsChanged,
  type CredentialsRepository,
  type VerifiedCredentials,
} from '../application/credentials.repository.js';
import type { UsersRepository } from '../application/users.repository.js';
import type { InMemoryRegistrationsRepository } from './in-memory-registrations.repository.js';

/** Reads what the other in-memory repositories hold. */
export class InMemoryCredentialsRepository implements CredentialsRepository {
  constructor(
    private readonly users: UsersRepository,
    private readonly registrations: InMemoryRegistrationsRepository,
  ) {}

  async findByEmail(email: string, now: Date): Promise<Credentials | null> {
    const user = await this.users.findByEmail(email);
    const registration = this.registrations.latestWithPassword(email, now);
    if (!user && !registration) return null;

    const { id = null, passwordHash = null, status = 'active' } = user ?? {};
    return {
      userId: id,
      passwordHash,
      isDisabled: status === 'disabled',
      registeredHash: registration?.passwordHash ?? null,
    };
  }

  async whileUnchanged<T>({ userId, passwordHash }: Credentials, work: () => Promise<T>): Promise<T> {
    const user = userId === null ? null : await this.users.findById(userId);
    if (user?.passwordHash !== passwordHash || user.status !== 'active') throw new CredentialsChanged();
    return work();
  }

  async renewHash({ userId, passwordHash }: VerifiedCredentials, renewed: string): Promise<boolean> {
    const user = await this.users.findById(userId);
    if (user?.passwordHash !== passwordHash) return false;

    await this.users.update(userId, (current) => ({ ...current, passwordHash: renewed }));
    return true;
  }
}
