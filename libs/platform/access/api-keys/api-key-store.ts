import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, type Statement } from '../../database/database.js';
import type { AccessSubject } from '../../kernel/access-changes.js';
import { AccessInvalidation } from '../access-invalidation.js';

export type StoredKey = Readonly<{ id: string; userId: string; permissions: readonly string[]; expiresAt: Date }>;

const CACHED_KEYS = 10_000;
/** How long a process may act on a key it has read, should neither Redis nor Postgres tell it that the key was revoked. */
const CACHED_MS = 30_000;

const FIND_KEY: Statement = {
  name: 'access.find-api-key',
  text: `SELECT k.id, k.user_id AS "userId", k.permissions, k.expires_at AS "expiresAt"
    FROM api_keys k JOIN users u ON u.id = k.user_id
    WHERE k.hash = $1 AND k.revoked_at IS NULL AND u.status = 'active' AND u.deleted_at IS NULL`,
};

/** The keys that are good, by their hash; those in use are held in memory. */
@Injectable()
export class ApiKeyStore {
  private readonly cache = new LRUCache<string, StoredKey>({ max: CACHED_KEYS, ttl: CACHED_MS });
  /** Grows with every change: what was read before one must not be remembered after it. */
  private generation = 0;

  constructor(
    private readonly database: Database,
    invalidation: AccessInvalidation,
  ) {
    invalidation.onInvalidate((subject) => this.forget(subject));
  }

  cached(hash: Buffer): StoredKey | undefined {
    return this.cache.get(nameOf(hash));
  }

  async find(hash: Buffer): Promise<StoredKey | undefined> {
    const { generation } = this;
    const [key] = await this.database.query<StoredKey>(FIND_KEY, [hash]);
    if (key && generation === this.generation) this.cache.set(nameOf(hash), key);
    return key;
  }

  private forget(subject: AccessSubject): void {
    this.generation++;
    for (const [name, { id, userId }] of this.cache.entries()) {
      if (subject === 'everyone' || subject === `api-key:${id}` || subject === `user:${userId}`) this.cache.delete(name);
    }
  }
}

const nameOf = (hash: Buffer): string => hash.toString('latin1');
