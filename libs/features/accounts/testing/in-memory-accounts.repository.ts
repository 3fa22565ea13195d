import { UserNotFound } from '#features/users/index.js';
import type { Clock } from '#platform/kernel/clock.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/page.js';
import type { AccountFilter, AccountsRepository } from '../application/accounts.repository.js';
import type { Account, AccountChange } from '../domain/account.js';

export class InMemoryAccountsRepository implements AccountsRepository {
  private readonly accounts = new Map<string, Account>();

  constructor(private readonly clock: Clock) {}

  async add(account: Account): Promise<void> {
    this.accounts.set(account.id, account);
  }

  async list({ query = '' }: AccountFilter, { limit, after }: PageRequest<string>): Promise<Page<Account>> {
    const found = [...this.accounts.values()]
      .filter(({ id, email }) => id === query || email.startsWith(query))
      .filter(({ id }) => after === null || id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(found, limit, ({ id }) => id);
  }

  async find(id: string): Promise<Account | null> {
    return this.accounts.get(id) ?? null;
  }

  async update(id: string, { name, status }: AccountChange): Promise<{ before: Account; after: Account }> {
    const before = this.accounts.get(id);
    if (!before) throw new UserNotFound();

    const changed = { ...before, name: name === undefined ? before.name : name, status: status ?? before.status };
    const isSame = changed.name === before.name && changed.status === before.status;
    const after = isSame ? before : { ...changed, updatedAt: this.clock.now() };
    this.accounts.set(id, after);
    return { before, after };
  }

  async remove(id: string): Promise<void> {
    if (!this.accounts.delete(id)) throw new UserNotFound();
  }
}
