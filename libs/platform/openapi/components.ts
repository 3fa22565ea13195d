import type { SchemaObject } from '../http/answers/openapi-types.js';

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

/** A problem with this status and one of these codes. Flat, and not a refinement of `Problem`: clients narrow by `code` only in what has no `allOf`. */
export const problemSchema = (status: number, codes: readonly string[]): SchemaObject => ({
  ...PROBLEM,
  properties: {
    ...PROBLEM.properties,
    status: { type: 'integer', enum: [status] },
    code: { type: 'string', description: 'What programs branch on.', enum: [...codes] },
  },
});
