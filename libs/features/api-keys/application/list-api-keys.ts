import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { ApiKey } from '../domain/api-key.js';
import { readApiKeys } from './api-key.permissions.js';
import { ApiKeysRepository } from './api-keys.repository.js';

@Injectable()
export class ListApiKeys {
  constructor(private readonly apiKeys: ApiKeysRepository) {}

  async execute(principal: Principal, page: PageRequest<string>): Promise<Page<ApiKey>> {
    requirePermission(principal, readApiKeys);

    return this.apiKeys.list(page);
  }
}
