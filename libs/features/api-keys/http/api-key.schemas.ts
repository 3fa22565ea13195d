import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { oneLineText } from '#platform/http/input/one-line-text.js';
import { pageQuery } from '#platform/http/input/page-query.js';
import { pathId } from '#platform/http/input/path-id.js';
import { API_KEY_LIFETIME } from '../domain/api-key.js';

const MAX_NAME_LENGTH = 100;
const MAX_PERMISSIONS = 500;

const name = oneLineText(MAX_NAME_LENGTH).meta({ examples: ['Accounting'] });

export const createApiKeyBody = z
  .strictObject({
    name: name.describe('What the key is for.'),
    permissions: z
      .array(z.string().max(100))
      .min(1)
      .max(MAX_PERMISSIONS)
      .meta({ description: 'Some of those you hold.', examples: [['orders:read']] }),
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .optional()
      .describe(`Within ${API_KEY_LIFETIME.longest} days; ${API_KEY_LIFETIME.usual} days from now without it.`),
  })
  .meta({ id: 'CreateApiKeyBody' });
export type CreateApiKeyBody = z.infer<typeof createApiKeyBody>;

export const listApiKeysQuery = z.strictObject(pageQuery);
export type ListApiKeysQuery = z.infer<typeof listApiKeysQuery>;

export const apiKeyParams = z.strictObject({ id: pathId });
export type ApiKeyParams = z.infer<typeof apiKeyParams>;

export const apiKeyResponse = z
  .object({
    id: z.uuid(),
    userId: z.uuid().meta({ description: 'Whom the key acts for.' }),
    name: z.string().meta({ examples: ['Accounting'] }),
    permissions: z.array(z.string()).meta({ examples: [['orders:read']] }),
    createdAt: timestamp,
    expiresAt: timestamp,
    lastUsedAt: timestamp.nullable(),
    revokedAt: timestamp.nullable().meta({ examples: [null] }),
  })
  .meta({ id: 'ApiKey' });

export const createdApiKeyResponse = apiKeyResponse
  .extend({
    key: z.string().meta({
      description: 'Send it as Authorization: Bearer <key>. It is shown this once.',
      examples: ['key_Yq3vK9mB2tX7pL4sW8cJ1n'],
    }),
  })
  .meta({ id: 'CreatedApiKey' });
