import type { AccountsRepository } from '../../application/accounts.repository.js';
import { EmailTaken, UserNotFound } from '../../domain/user.errors.js';
import type { User } from '../../domain/user.js';

export class InMemoryAccountsRepository implements AccountsRepository {
  private readonly byId = new Map<string, User>();

  async add(user: User): Promise<void> {
    if (this.withEmail(user.email)) throw new EmailTaken();
    this.byId.set(user.id, user);
  }

  async findById(id: string): Promise<User | null> {
    return this.byId.get(id) ?? null;
  }

  async findByEmail(email: string): Promise<User | null> {
    return this.withEmail(email) ?? null;
  }

  /** Nothing here waits, so nothing changes in between. */
  lock(id: string): Promise<User | null> {
    return this.findById(id);
  }

  async update(id: string, change: (current: User) => User): Promise<User> {
    const current = this.byId.get(id);
    if (!current) throw new UserNotFound();

    const next = change(current);
    this.byId.set(id, next);
    return next;
  }

  private withEmail(email: string): User | undefined {
    return [...this.byId.values()].find((user) => user.email === email);
  }
}
