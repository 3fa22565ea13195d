import type { HeaderObjects, SchemaObject } from './openapi-types.js';

/** What is true of every operation, and of addresses that are none. */
export const DESCRIPTION = `Answers are \`{ "data": … }\`, lists also have \`meta.page\`. Everything from 400 on is a problem (RFC 9457): branch on its \`code\`,
and follow its \`type\` to what can be done. Each operation names all codes it answers with.
Without credentials a body may have 32 KiB.

An address that is none of these answers 404 \`ROUTE_NOT_FOUND\`; one that is asked with another method 405 \`METHOD_NOT_ALLOWED\`, with the methods it has in \`Allow\`.`;

/** RFC 9457, with the members every problem of this API has. */
export const PROBLEM: SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Leads to the documentation of this kind of problem.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened this time.' },
    instance: { type: 'string', format: 'uri-reference' },
    code: { type: 'string', description: 'What programs branch on.' },
    traceId: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer into the request.' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

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
