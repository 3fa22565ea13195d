import { Module } from '@nestjs/common';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { ApiKeysRepository } from './application/api-keys.repository.js';
import { CreateApiKey } from './application/create-api-key.js';
import { RevokeApiKey } from './application/revoke-api-key.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { PrismaApiKeysRepository } from './infrastructure/prisma-api-keys.repository.js';

const useCases = [CreateApiKey, RevokeApiKey];
const repository = { provide: ApiKeysRepository, useClass: PrismaApiKeysRepository };

/** Mounted by apps/api. */
@OpenApiTag({ name: 'API keys', description: 'Credentials for other programs, which act for their maker.' })
@Module({ controllers: [ApiKeysController], providers: [...useCases, repository] })
export class ApiKeysApiModule {}
