import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RecentSignIn, RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { readApiKeys, writeApiKeys } from '../application/api-key.permissions.js';
import { ApiKeysRepository } from '../application/api-keys.repository.js';
import { CreateApiKey } from '../application/create-api-key.js';
import { RevokeApiKey } from '../application/revoke-api-key.js';
import { ApiKeyExpiryRefused, ApiKeyNotFound, ApiKeyPermissionUnknown } from '../domain/api-key.errors.js';
import {
  type ApiKeyParams,
  apiKeyParams,
  apiKeyResponse,
  type CreateApiKeyBody,
  createApiKeyBody,
  createdApiKeyResponse,
  type ListApiKeysQuery,
  listApiKeysQuery,
} from './api-key.schemas.js';

@Controller({ path: 'api-keys', version: '1' })
export class ApiKeysController {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly apiKeys: ApiKeysRepository,
    private readonly revokeApiKey: RevokeApiKey,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Create an API key',
    description:
      'It acts for the user who makes it, with some of their permissions. The key itself is shown this once.',
  })
  @RequirePermission(writeApiKeys)
  @RecentSignIn()
  @Returns(201, createdApiKeyResponse)
  @Throws(ApiKeyPermissionUnknown, ApiKeyExpiryRefused)
  create(@Body({ schema: createApiKeyBody }) wish: CreateApiKeyBody, @CurrentPrincipal() principal: Principal) {
    return this.createApiKey.execute(principal, wish);
  }

  @Get()
  @ApiOperation({ summary: 'List API keys' })
  @RequirePermission(readApiKeys)
  @Returns(200, apiKeyResponse, { page: true })
  list(@Query({ schema: listApiKeysQuery }) { limit, cursor }: ListApiKeysQuery) {
    return this.apiKeys.list({ limit, after: cursor ?? null });
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Revoke an API key', description: 'Effective in every process within a second.' })
  @RequirePermission(writeApiKeys)
  @Returns(204)
  @Throws(ApiKeyNotFound)
  revoke(@Param({ schema: apiKeyParams }) { id }: ApiKeyParams) {
    return this.revokeApiKey.execute(id);
  }
}
