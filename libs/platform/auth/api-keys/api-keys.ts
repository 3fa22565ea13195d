import { Injectable } from '@nestjs/common';
import { type Access, Roles } from '../../access/roles.js';
import type { Principal } from '../../kernel/access/principal.js';
import { Clock } from '../../kernel/clock.js';
import { ApiKeyExpired, ApiKeyInvalid } from './api-key.errors.js';
import { hashOf, isWellFormed } from './api-key-format.js';
import { ApiKeyStore, type StoredKey } from './api-key-store.js';
import { ApiKeyUsage } from './api-key-usage.js';

/** What a key may do, and what its owner may, from which that follows. */
type Limited = Readonly<{ owner: Access; permissions: ReadonlySet<string> }>;

/** From a presented API key to whom it acts for: its owner, within what the key may do and the owner still may. */
@Injectable()
export class ApiKeys {
  /** Computed once for as long as the key and its owner's access stay in memory: the same set, until a change replaces one. */
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
    const owner = key && this.roles.cachedAccessOf(key.userId);
    return owner && !this.isExpired(key) ? this.principalOf(key, owner) : undefined;
  }

  hasVerified(text: string): boolean {
    return this.store.cached(hashOf(text)) !== undefined;
  }

  /** @throws ApiKeyInvalid, ApiKeyExpired */
  async authenticate(text: string): Promise<Principal> {
    const key = isWellFormed(text) ? await this.store.find(hashOf(text)) : undefined;
    if (key === undefined) throw new ApiKeyInvalid();
    if (this.isExpired(key)) throw new ApiKeyExpired();
    return this.principalOf(key, await this.roles.accessOf(key.userId));
  }

  private isExpired({ expiresAt }: StoredKey): boolean {
    return expiresAt <= this.clock.now();
  }

  private principalOf(key: StoredKey, owner: Access): Principal {
    this.usage.note(key.id);
    return {
      id: key.userId,
      kind: 'api-key',
      sessionId: null,
      apiKeyId: key.id,
      roles: owner.roles,
      permissions: this.permissionsOf(key, owner),
    };
  }

  private permissionsOf(key: StoredKey, owner: Access): ReadonlySet<string> {
    const computed = this.limited.get(key);
    if (computed?.owner === owner) return computed.permissions;

    const permissions = new Set(key.permissions.filter((permission) => owner.permissions.has(permission)));
    this.limited.set(key, { owner, permissions });
    return permissions;
  }
}
