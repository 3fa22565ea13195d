import { Injectable } from '@nestjs/common';
import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { ApiKeysRepository } from './api-keys.repository.js';

@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly changes: AccessChanges,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Anybody's: a key that leaked must not wait for its owner. It is refused everywhere within a second. */
  async execute(id: string): Promise<void> {
    await this.changes.during(`api-key:${id}`, async () => {
      await this.apiKeys.revoke(id, this.clock.now());
      await this.audit.record({ type: 'api-key.revoked', subjectId: id });
    });
  }
}
