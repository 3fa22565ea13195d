import { expect, it } from 'vitest';
import { objectionsToExamples } from './examples.ts';
import type { Document } from './operations.ts';
import { objectionsOfRedocly } from './redocly.ts';
import { OFF } from './ruleset.ts';

const PROBLEM = {
  type: 'object',
  properties: { type: { type: 'string', example: '/errors/none' }, title: { type: 'string', example: 'None' } },
};
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: PROBLEM } },
});

/** A document that nobody objects to. */
const orders = () => ({
  openapi: '3.1.1',
  info: { title: 'Orders', version: '1', contact: {}, license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: 'http://localhost:3000' }],
  tags: [{ name: 'Orders', description: 'What somebody buys.' }],
  paths: {
    '/v1/orders/{id}': {
      put: {
        operationId: 'Orders.change',
        summary: 'Change an order',
        tags: ['Orders'],
        security: [{ bearer: [] as string[] }],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
        responses: {
          200: {
            description: 'Success.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
          404: problem('None.'),
        },
      },
    },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Order: {
        type: 'object',
        required: ['sku'],
        properties: {
          sku: { type: 'string', pattern: '^[A-Z]+$', example: 'TEA' },
          sentAt: { type: 'string', format: 'date-time', example: '2026-03-01T09:30:00Z' },
        } as Record<string, Record<string, unknown>>,
        minProperties: 1,
        maxProperties: 2,
      },
    },
  },
});
type Orders = ReturnType<typeof orders>;

async function objectionsAfter(
  change: (document: Orders, operation: Orders['paths']['/v1/orders/{id}']['put']) => void,
) {
  const document = orders();
  change(document, document.paths['/v1/orders/{id}'].put);
  const read = document as unknown as Document;
  return [...objectionsToExamples(read), ...(await objectionsOfRedocly(read))].join('\n');
}

it.each<[what: string, change: Parameters<typeof objectionsAfter>[0]]>([
  ['nothing', () => undefined],
  ['a description', (_, operation) => Object.assign(operation, { description: 'Of oneself.' })],
  [
    'another order of answers',
    (_, operation) =>
      Object.assign(operation, { responses: { 404: operation.responses[404], 200: operation.responses[200] } }),
  ],
  [
    'another example',
    ({ components }) => Object.assign(components.schemas.Order.properties['sku'] ?? {}, { example: 'SOAP' }),
  ],
  [
    'examples instead of one',
    ({ components }) =>
      Object.assign(components.schemas.Order.properties, { sku: { type: 'string', examples: ['TEA', 'SOAP'] } }),
  ],
  ['one answer more', (_, operation) => Object.assign(operation.responses, { 409: problem('Sent already.') })],
])('is silent about %s', async (_what, change) => {
  expect(await objectionsAfter(change)).toBe('');
});

it.each<[what: string, change: Parameters<typeof objectionsAfter>[0], said: string]>([
  [
    'a field without an example',
    ({ components }) => delete components.schemas.Order.properties['sku']?.['example'],
    'OrdersController.change (PUT /v1/orders/{id}) has no example of "sku" in its request body',
  ],
  [
    'an example that breaks a pattern',
    ({ components }) => Object.assign(components.schemas.Order.properties['sku'] ?? {}, { example: 'tea' }),
    'no-invalid-schema-examples',
  ],
  [
    'an example that breaks a format',
    ({ components }) => Object.assign(components.schemas.Order.properties['sentAt'] ?? {}, { example: 'tomorrow' }),
    'no-invalid-schema-examples',
  ],
  [
    'examples that are wrong together',
    ({ components }) => Object.assign(components.schemas.Order, { maxProperties: 1 }),
    'OrdersController.change (PUT /v1/orders/{id}): Example value must',
  ],
  [
    'a whole example that lacks a field',
    ({ components }) => Object.assign(components.schemas.Order, { example: { sentAt: '2026-03-01T09:30:00Z' } }),
    'no-invalid-schema-examples',
  ],
  [
    'a reference to nothing',
    ({ components }) =>
      Object.assign(components.schemas.Order.properties, { price: { $ref: '#/components/schemas/Money' } }),
    'no-unresolved-refs',
  ],
  [
    'a field that OpenAPI does not know',
    (_, operation) => Object.assign(operation, { sumary: 'Change an order' }),
    'struct',
  ],
  [
    'a parameter that is in no path',
    (_, operation) => Object.assign(operation.parameters[0] ?? {}, { name: 'key' }),
    'path-parameters-defined',
  ],
  [
    'credentials that nobody defines',
    (_, operation) => Object.assign(operation, { security: [{ cookie: [] }] }),
    'security-defined',
  ],
  [
    'a name that two operations have',
    ({ paths }, operation) => Object.assign(paths, { '/v1/carts': { get: { ...operation, parameters: [] } } }),
    'operation-operationId-unique',
  ],
  [
    'an operation that always fails',
    (_, operation) => Object.assign(operation, { responses: { 404: problem('None.') } }),
    'operation-2xx-response',
  ],
  [
    'a component that nothing uses',
    ({ components }) => Object.assign(components.schemas, { Cart: { type: 'object' } }),
    'no-unused-components',
  ],
  [
    'a type of body that we do not send',
    (_, operation) =>
      Object.assign(operation.responses[200].content, { 'text/xml': { schema: { type: 'string', example: '<a/>' } } }),
    'response-mime-type',
  ],
])('objects to %s', async (_what, change, said) => {
  expect(await objectionsAfter(change)).toContain(said);
});

it('switches no rule off without a reason', () => {
  expect(Object.entries(OFF).filter(([, reason]) => reason.split(' ').length < 5)).toEqual([]);
});
