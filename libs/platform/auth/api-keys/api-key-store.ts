import { Injectable } from '@nestjs/common';
import { AccessCache } from '../../access/access-cache.js';
import { AccessInvalidation } from '../../access/access-invalidation.js';
import { Database, type Statement } from '../../database/database.js';

export type StoredKey = Readonly<{ id: string; userId: string; permissions: readonly string[]; expiresAt: Date }>;

const FIND_KEY: Statement = {
  name: 'access.find-api-key',
  text: `SELECT k.id, k.user_id AS "userId", k.permissions, k.expires_at AS "expiresAt"
    FROM api_keys k JOIN users u ON u.id = k.user_id
    WHERE k.hash = $1 AND k.revoked_at IS NULL AND u.status = 'active' AND u.deleted_at IS NULL`,
};

/** The keys that are good, by their hash; those in use are held in memory. */
@Injectable()
export class ApiKeyStore {
  private readonly cache: AccessCache<StoredKey>;

  constructor(
    private readonly database: Database,
    invalidation: AccessInvalidation,
  ) {
    this.cache = new AccessCache(invalidation, (keys, subject) => {
      for (const [name, { id, userId }] of keys.entries()) {
        if (subject === `api-key:${id}` || subject === `user:${userId}`) keys.delete(name);
      }
    });
  }

  cached(hash: Buffer): StoredKey | undefined {
    return this.cache.get(nameOf(hash));
  }

  async find(hash: Buffer): Promise<StoredKey | undefined> {
    return this.cache.refresh(nameOf(hash), async () => {
      const [key] = await this.database.query<StoredKey>(FIND_KEY, [hash]);
      return key;
    });
  }
}

const nameOf = (hash: Buffer): string => hash.toString('latin1');
