import { Injectable } from '@nestjs/common';
import { hashOf, newApiKey } from '#platform/auth/api-keys/api-key-format.js';
import { Database } from '#platform/database/database.js';
import type { ApiKey as Row } from '#platform/database/generated/client.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { ApiKeysRepository } from '../application/api-keys.repository.js';
import { ApiKeyNotFound } from '../domain/api-key.errors.js';
import type { ApiKey } from '../domain/api-key.js';

/** Written here and read by `platform/access/api-keys`, which knows the callers. */
@Injectable()
export class PrismaApiKeysRepository implements ApiKeysRepository {
  constructor(private readonly database: Database) {}

  async add(apiKey: ApiKey): Promise<string> {
    const key = newApiKey(apiKey.id);
    await this.database.client.apiKey.create({
      data: { ...apiKey, permissions: [...apiKey.permissions], hash: new Uint8Array(hashOf(key)) },
    });
    return key;
  }

  async list({ limit, after }: PageRequest<string>): Promise<Page<ApiKey>> {
    const rows = await this.database.client.apiKey.findMany({
      ...(after !== null && { where: { id: { lt: after } } }),
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    return pageOf(rows.map(toApiKey), limit, ({ id }) => id);
  }

  async revoke(id: string, at: Date): Promise<void> {
    const { count } = await this.database.client.apiKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: at },
    });
    if (count === 0) throw new ApiKeyNotFound();
  }
}

function toApiKey({ hash: _, ...apiKey }: Row): ApiKey {
  return apiKey;
}
