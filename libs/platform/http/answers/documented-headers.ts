import type { HeaderObjects } from './openapi-types.js';

const text = (description: string, example?: string): HeaderObjects[string] => ({
  description,
  schema: { type: 'string', ...(example && { examples: [example] }) },
});

export const HEADERS = {
  'X-Request-Id': text(
    'The one of the request where it is sane, else a new one: by it the answer is found in the log.',
  ),
  RateLimit: text(
    'What is left of the limit that counted this request, and the seconds until it starts anew.',
    '"default";r=99;t=60',
  ),
  'RateLimit-Policy': text('The limit that counted this request: so many in so many seconds.', '"default";q=100;w=60'),
  'Retry-After': { description: 'Seconds to wait before trying again.', schema: { type: 'integer', minimum: 1 } },
  'WWW-Authenticate': text('How to say who is asking (RFC 6750).', 'Bearer realm="api"'),
  ETag: text('Version of what is returned, for If-Match and If-None-Match.', '"1"'),
  Location: text('Where to go on: the path of what was created, or the address to visit next.'),
  'Idempotency-Replayed': {
    description: 'Present when the request had been answered before, and this is that answer again.',
    schema: { type: 'string', enum: ['true'] },
  },
} as const satisfies HeaderObjects;

export type HeaderName = keyof typeof HEADERS;

export const headerRefs = (names: readonly HeaderName[]): Record<string, { $ref: string }> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
