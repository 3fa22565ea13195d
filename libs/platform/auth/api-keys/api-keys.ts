import { Injectable } from '@nestjs/common';
import { Roles } from '../../access/roles.js';
import type { Principal } from '../../kernel/access/principal.js';
import { Clock } from '../../kernel/clock.js';
import { ApiKeyExpired, ApiKeyInvalid } from './api-key.errors.js';
import { hashOf, isWellFormed } from './api-key-format.js';
import { ApiKeyStore, type StoredKey } from './api-key-store.js';
import { ApiKeyUsage } from './api-key-usage.js';

/** What a key may do, and the permissions of its owner from which that follows. */
type Limited = Readonly<{ ownerPermissions: ReadonlySet<string>; permissions: ReadonlySet<string> }>;

/** From a presented API key to whom it acts for: its owner, within what the key may do and the owner still may. */
@Injectable()
export class ApiKeys {
  /** Computed once for as long as the key and its owner's permissions stay in memory: the same sets, until a change replaces one. */
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
    const ownerPermissions = key && this.roles.cachedPermissionsOf(key.userId);
    return ownerPermissions && !this.isExpired(key) ? this.principalOf(key, ownerPermissions) : undefined;
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

  private principalOf(key: StoredKey, ownerPermissions: ReadonlySet<string>): Principal {
    this.usage.note(key.id);
    return {
      id: key.userId,
      kind: 'api-key',
      sessionId: null,
      apiKeyId: key.id,
      permissions: this.permissionsOf(key, ownerPermissions),
    };
  }

  private permissionsOf(key: StoredKey, ownerPermissions: ReadonlySet<string>): ReadonlySet<string> {
    const computed = this.limited.get(key);
    if (computed?.ownerPermissions === ownerPermissions) return computed.permissions;

    const permissions = new Set(key.permissions.filter((permission) => ownerPermissions.has(permission)));
    this.limited.set(key, { ownerPermissions, permissions });
    return permissions;
  }
}
