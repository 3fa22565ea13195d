import { Module } from '@nestjs/common';
import { ApiKeysRepository } from './application/api-keys.repository.js';
import { CreateApiKey } from './application/create-api-key.js';
import { RevokeApiKey } from './application/revoke-api-key.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { PrismaApiKeysRepository } from './infrastructure/prisma-api-keys.repository.js';

const useCases = [CreateApiKey, RevokeApiKey];
const repository = { provide: ApiKeysRepository, useClass: PrismaApiKeysRepository };

/** Mounted by apps/api. */
@Module({ controllers: [ApiKeysController], providers: [...useCases, repository] })
export class ApiKeysApiModule {}
