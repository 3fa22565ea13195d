import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import type { Principal } from '../../kernel/principal.js';
import { Roles } from '../roles.js';
import { ApiKeyExpired, ApiKeyInvalid } from './api-key.errors.js';
import { hashOf, isWellFormed } from './api-key-format.js';
import { ApiKeyStore, type StoredKey } from './api-key-store.js';
import { ApiKeyUsage } from './api-key-usage.js';

type Limited = Readonly<{ held: ReadonlySet<string>; permissions: ReadonlySet<string> }>;

/** From a presented API key to whom it acts for: its owner, within what the key may do and the owner still may. */
@Injectable()
export class ApiKeys {
  /** What was computed for a key lasts as long as the key and its owner's permissions stay in memory. */
  private readonly limited = new WeakMap<StoredKey, Limited>();

  constructor(
    private readonly store: ApiKeyStore,
    private readonly roles: Roles,
    private readonly usage: ApiKeyUsage,
    private readonly clock: Clock,
  ) {}

  /** The caller, when everything about it is in memory. */
  cachedPrincipal(text: string): Principal | undefined {
    const key = this.store.cached(hashOf(text));
    const held = key && this.roles.cachedPermissionsOf(key.userId);
    return held && !this.isExpired(key) ? this.principalOf(key, held) : undefined;
  }

  hasVerified(text: string): boolean {
    return this.store.cached(hashOf(text)) !== undefined;
  }

  /** @throws ApiKeyInvalid, ApiKeyExpired */
  async authenticate(text: string): Promise<Principal> {
    const key = isWellFormed(text) ? await this.store.find(hashOf(text)) : undefined;
    if (key === undefined) throw new ApiKeyInvalid();
    if (this.isExpired(key)) throw new ApiKeyExpired();
    return this.principalOf(key, await this.roles.permissionsOf(key.userId));
  }

  private isExpired({ expiresAt }: StoredKey): boolean {
    return expiresAt <= this.clock.now();
  }

  private principalOf(key: StoredKey, held: ReadonlySet<string>): Principal {
    this.usage.note(key.id);
    return { id: key.userId, kind: 'api-key', sessionId: null, apiKeyId: key.id, permissions: this.permissionsOf(key, held) };
  }

  private permissionsOf(key: StoredKey, held: ReadonlySet<string>): ReadonlySet<string> {
    const before = this.limited.get(key);
    if (before?.held === held) return before.permissions;

    const permissions = new Set(key.permissions.filter((permission) => held.has(permission)));
    this.limited.set(key, { held, permissions });
    return permissions;
  }
}
