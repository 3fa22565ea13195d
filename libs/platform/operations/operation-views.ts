import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { timestamp } from '../http/answers/timestamp.js';
import { isEnded, OPERATION_STATUSES, type Operation } from '../kernel/operations/operations.js';
import { Storage } from '../kernel/storage.js';

const LINK_SECONDS = 900;
const ASK_AGAIN_SECONDS = 2;

const result = z
  .looseObject({
    url: z
      .string()
      .optional()
      .meta({ examples: ['https://files.example.com/orders.csv?token=Yq3vK9mB2tX7'] }),
    expiresAt: timestamp.optional(),
  })
  .meta({ id: 'OperationResult' });
const failure = z.object({ code: z.string(), title: z.string(), detail: z.string() }).meta({ id: 'OperationFailure' });

export const operationResponse = z
  .object({
    id: z.uuid(),
    kind: z.string().meta({ examples: ['orders.export'] }),
    status: z.enum(OPERATION_STATUSES).meta({ examples: ['succeeded'] }),
    percent: z
      .int()
      .min(0)
      .max(100)
      .meta({ examples: [100] }),
    createdAt: timestamp,
    updatedAt: timestamp,
    result: result.nullable().meta({
      description: 'Of one that succeeded. A file is a link that needs no other credential and ends after 15 minutes.',
    }),
    problem: failure.nullable().meta({ description: 'Of one that failed.', examples: [null] }),
  })
  .meta({ id: 'Operation' });

export type OperationView = Omit<Operation, 'ownerId' | 'apiKeyId'>;

/** For `@Returns(202, operationResponse, operationHeaders)`: where to ask how far it is, and when. */
export const operationHeaders = {
  location: ({ id }: OperationView): string => `/v1/operations/${id}`,
  retryAfter: (operation: OperationView): number | null => (isEnded(operation) ? null : ASK_AGAIN_SECONDS),
};

/** What its owner sees of an operation. */
@Injectable()
export class OperationViews {
  constructor(private readonly storage: Storage) {}

  /** With a new link to its file. */
  async of({ ownerId: _owner, apiKeyId: _key, ...operation }: Operation): Promise<OperationView> {
    const { file, ...rest } = operation.result ?? {};
    if (!file) return operation;
    return { ...operation, result: { ...rest, size: file.size, ...(await this.storage.linkTo(file, LINK_SECONDS)) } };
  }
}
