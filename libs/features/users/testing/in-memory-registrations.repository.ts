import type { RegistrationsRepository } from '../application/registrations.repository.js';
import type { UsersRepository } from '../application/users.repository.js';
import type { Registration } from '../domain/registration.js';
import type { User } from '../domain/user.js';
import { EmailTokenInvalid } from '../domain/user.errors.js';

export class InMemoryRegistrationsRepository implements RegistrationsRepository {
  readonly all = new Map<string, Registration>();

  constructor(private readonly users: UsersRepository) {}

  async add(registration: Registration): Promise<void> {
    this.all.set(registration.id, registration);
  }

  async findById(id: string): Promise<Registration | null> {
    return this.all.get(id) ?? null;
  }

  async findLatest(email: string): Promise<Registration | null> {
    const ofEmail = [...this.all.values()].filter((registration) => registration.email === email);
    return ofEmail.sort((a, b) => b.id.localeCompare(a.id))[0] ?? null;
  }

  async confirm(id: string, admit: (registration: Registration) => User): Promise<User> {
    const registration = this.all.get(id);
    if (!registration) throw new EmailTokenInvalid();

    const user = admit(registration);
    this.all.delete(id);
    try {
      await this.users.add(user);
    } catch (error) {
      this.all.set(id, registration);
      throw error;
    }
    for (const { id, email } of this.all.values()) if (email === registration.email) this.all.delete(id);
    return user;
  }

  async remove(id: string): Promise<void> {
    this.all.delete(id);
  }
}
