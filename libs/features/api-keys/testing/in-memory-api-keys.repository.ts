import { newApiKey } from '#platform/auth/api-keys/api-key-format.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { ApiKeysRepository } from '../application/api-keys.repository.js';
import { ApiKeyNotFound } from '../domain/api-key.errors.js';
import type { ApiKey } from '../domain/api-key.js';

export class InMemoryApiKeysRepository implements ApiKeysRepository {
  private readonly keys = new Map<string, ApiKey>();

  async add(apiKey: ApiKey): Promise<string> {
    this.keys.set(apiKey.id, apiKey);
    return newApiKey(apiKey.id);
  }

  async list({ limit, after }: PageRequest<string>): Promise<Page<ApiKey>> {
    const keys = [...this.keys.values()]
      .filter(({ id }) => after === null || id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(keys, limit, ({ id }) => id);
  }

  async revoke(id: string, at: Date): Promise<void> {
    const key = this.keys.get(id);
    if (!key || key.revokedAt) throw new ApiKeyNotFound();
    this.keys.set(id, { ...key, revokedAt: at });
  }
}
