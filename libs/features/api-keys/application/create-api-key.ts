import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { newId } from '#platform/kernel/values/ids.js';
import { type ApiKey, type ApiKeyWish, issueApiKey } from '../domain/api-key.js';
import { ApiKeysRepository } from './api-keys.repository.js';

export type NewApiKey = ApiKey & Readonly<{ key: string }>;

@Injectable()
export class CreateApiKey {
  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute(principal: Principal, wish: ApiKeyWish): Promise<NewApiKey> {
    const apiKey = issueApiKey(wish, principal, newId(), this.clock.now());

    return this.transaction.run(async () => {
      const key = await this.apiKeys.add(apiKey);
      await this.audit.record({
        type: 'api-key.created',
        subjectId: apiKey.id,
        details: { permissions: apiKey.permissions },
      });
      return { ...apiKey, key };
    });
  }
}
