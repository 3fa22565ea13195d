import type { SchemaObject } from '../http/answers/openapi-types.js';
import { statusOf } from '../http/errors/http.errors.js';
import { slugOf } from '../http/problems/problem.js';
import type { ErrorDefinition } from '../kernel/errors/app-error.js';

const text = (description: string): SchemaObject => ({ type: 'string', description });

/** What every problem of this API has (RFC 9457). */
const MEMBERS = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'requestId'],
  properties: {
    type: { ...text('Leads to the documentation of this kind of problem.'), format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: text('What happened this time.'),
    instance: { type: 'string', format: 'uri-reference' },
    code: text('What programs branch on.'),
    traceId: { type: 'string' },
    requestId: { type: 'string' },
  },
} satisfies SchemaObject;

const ERRORS: SchemaObject = { type: 'array', items: { $ref: '#/components/schemas/FieldError' } };

/** Whatever its code is, for clients that treat all alike. */
export const PROBLEM: SchemaObject = { ...MEMBERS, properties: { ...MEMBERS.properties, errors: ERRORS } };

/** Where a request breaks a rule; several in one answer. */
export const FIELD_ERROR: SchemaObject = {
  type: 'object',
  required: ['pointer', 'code', 'detail'],
  properties: {
    pointer: { ...text('JSON Pointer into the request.'), example: '#/name' },
    code: { type: 'string', example: 'too_small' },
    detail: { type: 'string', example: 'Too small: expected string to have >=1 characters' },
  },
};

/**
 * A problem with the status of these errors and one of their codes. Flat, and not a refinement of `Problem`: clients narrow by `code` only in
 * what has no `allOf`.
 */
export function problemSchema([first, ...others]: readonly [ErrorDefinition, ...ErrorDefinition[]]): SchemaObject {
  const codes = [first, ...others].map(({ code }) => code);
  return {
    ...MEMBERS,
    properties: {
      ...MEMBERS.properties,
      status: { type: 'integer', enum: [statusOf(first)] },
      code: { ...MEMBERS.properties.code, enum: codes },
      ...(first.kind === 'invalid' && { errors: ERRORS }),
    },
    example: exampleOf(first),
  };
}

const exampleOf = (definition: ErrorDefinition) => ({
  type: `https://api.example.com/errors/${slugOf(definition)}`,
  title: definition.title,
  status: statusOf(definition),
  detail: definition.help,
  instance: '/v1/me',
  code: definition.code,
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  requestId: '01979a3c-5b1e-7c40-9d2a-3f6b8e1c0a57',
});
