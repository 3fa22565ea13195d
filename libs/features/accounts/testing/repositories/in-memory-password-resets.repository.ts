import type { PasswordResetsRepository } from '../../application/passwords/reset/password-resets.repository.js';
import type { PasswordReset } from '../../domain/password-reset.js';
import { ResetTokenInvalid } from '../../domain/user.errors.js';

export class InMemoryPasswordResetsRepository implements PasswordResetsRepository {
  private readonly all = new Map<string, PasswordReset>();

  async add(reset: PasswordReset): Promise<void> {
    this.all.set(reset.id, reset);
  }

  async findById(id: string): Promise<PasswordReset | null> {
    return this.all.get(id) ?? null;
  }

  async countOpenBefore(reset: PasswordReset, now: Date): Promise<number> {
    return this.of(reset.email).filter(({ id, expiresAt }) => id < reset.id && expiresAt > now).length;
  }

  async remove(id: string): Promise<void> {
    this.all.delete(id);
  }

  async closeAll<T>(email: string, id: string | null, work: () => Promise<T>): Promise<T> {
    const closed = this.of(email);
    if (id !== null && !closed.some((reset) => reset.id === id)) throw new ResetTokenInvalid();

    for (const reset of closed) this.all.delete(reset.id);
    try {
      return await work();
    } catch (error) {
      for (const reset of closed) this.all.set(reset.id, reset);
      throw error;
    }
  }

  private of(email: string): PasswordReset[] {
    return [...this.all.values()].filter((reset) => reset.email === email);
  }
}
