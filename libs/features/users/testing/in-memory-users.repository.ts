import { UserNotFound } from '#features/accounts/index.js';
import type { Clock } from '#platform/kernel/clock.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { UserFilter, UsersRepository } from '../application/users.repository.js';
import type { User, UserChange } from '../domain/user.js';

export class InMemoryUsersRepository implements UsersRepository {
  private readonly users = new Map<string, User>();

  constructor(private readonly clock: Clock) {}

  async add(user: User): Promise<void> {
    this.users.set(user.id, user);
  }

  async list({ query = '' }: UserFilter, { limit, after }: PageRequest<string>): Promise<Page<User>> {
    const found = [...this.users.values()]
      .filter(({ id, email }) => id === query || email.startsWith(query))
      .filter(({ id }) => after === null || id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(found, limit, ({ id }) => id);
  }

  async find(id: string): Promise<User | null> {
    return this.users.get(id) ?? null;
  }

  async update(id: string, { name, status }: UserChange): Promise<{ before: User; after: User }> {
    const before = this.users.get(id);
    if (!before) throw new UserNotFound();

    const changed = { ...before, name: name === undefined ? before.name : name, status: status ?? before.status };
    const isSame = changed.name === before.name && changed.status === before.status;
    const after = isSame ? before : { ...changed, updatedAt: this.clock.now() };
    this.users.set(id, after);
    return { before, after };
  }

  async remove(id: string): Promise<void> {
    if (!this.users.delete(id)) throw new UserNotFound();
  }
}
