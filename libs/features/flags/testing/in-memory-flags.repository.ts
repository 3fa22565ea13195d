import { type FlagsRepository, type StoredFlag } from '../application/flags.repository.js';
import type { FlagSettings } from '../domain/flag-settings.js';

export class InMemoryFlagsRepository implements FlagsRepository {
  private readonly byName = new Map<string, StoredFlag>();

  async list(): Promise<readonly StoredFlag[]> {
    return [...this.byName.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  async set(name: string, settings: FlagSettings): Promise<StoredFlag> {
    const stored = { name, settings, updatedAt: new Date() };
    this.byName.set(name, stored);
    return stored;
  }
}
