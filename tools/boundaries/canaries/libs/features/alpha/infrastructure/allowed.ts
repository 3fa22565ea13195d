import type { Prisma } from '@prisma/client';
import type { Redis } from 'ioredis';
import { envelope } from '../../../platform/http/envelope.js';
import { allowed as useCase } from '../application/allowed.js';

export const allowed = [envelope, useCase];
export type Allowed = [Prisma.ModelName, Redis];
