import type { AccountsRepository } from '../../application/accounts.repository.js';
import {
  type Credentials,
  CredentialsChanged,
  type CredentialsRepository,
  type VerifiedCredentials,
} from '../../application/passwords/credentials.repository.js';
import type { InMemoryRegistrationsRepository } from './in-memory-registrations.repository.js';

/** Reads what the other in-memory repositories hold. */
export class InMemoryCredentialsRepository implements CredentialsRepository {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly registrations: InMemoryRegistrationsRepository,
  ) {}

  async findByEmail(email: string, now: Date): Promise<Credentials | null> {
    const user = await this.accounts.findByEmail(email);
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
    const user = userId === null ? null : await this.accounts.findById(userId);
    if (user?.passwordHash !== passwordHash || user.status !== 'active') throw new CredentialsChanged();
    return work();
  }

  async renewHash({ userId, passwordHash }: VerifiedCredentials, renewed: string): Promise<boolean> {
    const user = await this.accounts.findById(userId);
    if (user?.passwordHash !== passwordHash) return false;

    await this.accounts.update(userId, (current) => ({ ...current, passwordHash: renewed }));
    return true;
  }
}
