import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breaksBetween, type Contract } from './breaks.ts';

/* A small contract with everything that a break can be about; each row changes one thing of a copy of it. */
const order = {
  type: 'object',
  required: ['id', 'status', 'total'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    status: { type: 'string', enum: ['placed', 'fulfilled'] },
    total: { type: 'integer', minimum: 0, maximum: 100 },
    note: { anyOf: [{ type: 'string', maxLength: 10 }, { type: 'null' }] },
    items: { type: 'array', maxItems: 5, items: { $ref: '#/components/schemas/Item' } },
    // Of itself: what is compared once is not compared for ever.
    parent: { $ref: '#/components/schemas/Order' },
  },
  additionalProperties: false,
};
const item = {
  type: 'object',
  required: ['sku'],
  properties: { sku: { type: 'string' } },
  additionalProperties: false,
};
const body = {
  type: 'object',
  required: ['sku'],
  properties: {
    sku: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[a-z]+$' },
    quantity: { type: 'integer', minimum: 1, maximum: 10, default: 1 },
    kind: { type: 'string', enum: ['a', 'b'] },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    tags: { type: 'array', minItems: 0, maxItems: 5, items: { type: 'string' } },
  },
  additionalProperties: false,
};
const problem = { type: 'object', required: ['code'], properties: { code: { type: 'string', enum: ['A', 'B'] } } };
const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const contract = {
  paths: {
    '/orders': {
      post: {
        operationId: 'Orders.place',
        security: [{ bearer: [] }, { cookie: [] }],
        parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }],
        requestBody: { required: true, content: json('PlaceOrderBody') },
        responses: {
          201: { headers: { ETag: {}, Location: {} }, content: json('Order') },
          422: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem422' } } } },
          429: { $ref: '#/components/responses/RATE_LIMITED' },
        },
      },
      get: {
        operationId: 'Orders.list',
        security: [],
        parameters: [
          { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100, default: 20 } },
          { name: 'status', in: 'query', required: false, schema: { type: 'string', enum: ['placed', 'fulfilled'] } },
        ],
        responses: { 200: { content: json('Order') } },
      },
    },
  },
  components: {
    schemas: { Order: order, Item: item, PlaceOrderBody: body, Problem422: problem },
    responses: { RATE_LIMITED: { headers: { 'Retry-After': {} }, content: json('Problem422') } },
  },
};

// A row changes whatever it is about.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Changed = any;
type Change = (changed: Changed) => unknown;

function breaksAfter(change: Change): string[] {
  const changed = structuredClone(contract);
  change(changed);
  return breaksBetween(contract, changed);
}

const post = ({ paths }: Changed): Changed => paths['/orders'].post;
const get = ({ paths }: Changed): Changed => paths['/orders'].get;
const bodyOf = ({ components }: Changed): Changed => components.schemas['PlaceOrderBody'];
const orderOf = ({ components }: Changed): Changed => components.schemas['Order'];

describe('what breaks a client', () => {
  it.each<[string, Change, string]>([
    ['a path that goes', ({ paths }) => delete paths['/orders'], 'POST /orders: is gone'],
    ['an operation that goes', ({ paths }) => delete paths['/orders'].get, 'GET /orders: is gone'],
    [
      'another operation id',
      (it) => (post(it).operationId = 'Orders.create'),
      'operationId Orders.place → Orders.create',
    ],
    [
      'credentials that are asked for',
      (it) => (get(it).security = [{ bearer: [] }]),
      'GET /orders: asks for credentials now',
    ],
    ['credentials that are not taken', (it) => post(it).security.pop(), 'takes no cookie credentials any more'],
    ['a parameter that goes', (it) => get(it).parameters.pop(), 'query status: is gone'],
    [
      'a new parameter that is required',
      (it) => get(it).parameters.push({ name: 'q', in: 'query', required: true }),
      'query q: is required now',
    ],
    [
      'a parameter that becomes required',
      (it) => (get(it).parameters[0].required = true),
      'query limit: is required now',
    ],
    [
      'a smaller greatest value of a parameter',
      (it) => (get(it).parameters[0].schema.maximum = 50),
      'query limit: maximum 100 → 50',
    ],
    [
      'another default of a parameter',
      (it) => (get(it).parameters[0].schema.default = 10),
      'query limit: default 20 → 10',
    ],
    [
      'a value that a parameter does not take',
      (it) => get(it).parameters[1].schema.enum.pop(),
      'query status: does not take "fulfilled" any more',
    ],
    [
      'a body that becomes required',
      (it) => (get(it).requestBody = { required: true, content: {} }),
      'body: is required now',
    ],
    [
      'a body of another type',
      (it) => (post(it).requestBody.content = { 'text/plain': {} }),
      'body: application/json is gone',
    ],
    ['a field that becomes required', (it) => bodyOf(it).required.push('kind'), 'body.kind: is required now'],
    [
      'a new field that is required',
      (it) => {
        bodyOf(it).required.push('x');
        bodyOf(it).properties.x = { type: 'string' };
      },
      'body.x: is required now',
    ],
    ['a field that is not taken', (it) => delete bodyOf(it).properties.note, 'body.note: is gone'],
    ['a shorter text', (it) => (bodyOf(it).properties.sku.maxLength = 32), 'body.sku: maxLength 64 → 32'],
    ['a longer shortest text', (it) => (bodyOf(it).properties.sku.minLength = 2), 'body.sku: minLength 1 → 2'],
    ['another pattern', (it) => (bodyOf(it).properties.sku.pattern = '^[A-Z]+$'), 'body.sku: pattern'],
    [
      'a pattern where none was',
      (it) => (bodyOf(it).properties.note.anyOf[0].pattern = '^x'),
      'body.note: pattern none → "^x"',
    ],
    ['another type', (it) => (bodyOf(it).properties.quantity.type = 'string'), 'body.quantity: "integer" → "string"'],
    [
      'a limit where none was',
      (it) => (bodyOf(it).properties.tags.items.maxLength = 5),
      'body.tags[]: maxLength none → 5',
    ],
    ['fewer items', (it) => (bodyOf(it).properties.tags.maxItems = 1), 'body.tags: maxItems 5 → 1'],
    [
      'a value that is not taken',
      (it) => bodyOf(it).properties.kind.enum.pop(),
      'body.kind: does not take "b" any more',
    ],
    ['null that is not taken', (it) => bodyOf(it).properties.note.anyOf.pop(), 'body.note: takes no null any more'],
    ['another default', (it) => (bodyOf(it).properties.quantity.default = 2), 'body.quantity: default 1 → 2'],
    ['an answer that goes', (it) => delete post(it).responses[201], 'POST /orders 201: is gone'],
    ['a new status', (it) => (post(it).responses[202] = {}), '202: is a new answer'],
    ['a header that goes', (it) => delete post(it).responses[201].headers.ETag, '201 ETag: is gone'],
    [
      'a header of a shared answer that goes',
      ({ components }) => delete components.responses['RATE_LIMITED'].headers['Retry-After'],
      '429 Retry-After: is gone',
    ],
    [
      'an answer of another type',
      (it) => (get(it).responses[200].content = { 'text/csv': {} }),
      '200: application/json is gone',
    ],
    ['a field that is not given', (it) => delete orderOf(it).properties.note, '201.note: is gone'],
    ['a field that may be missing', (it) => orderOf(it).required.pop(), '201.total: may be missing now'],
    [
      'a field that may be null',
      (it) =>
        (orderOf(it).properties.total = { anyOf: [{ type: 'integer', minimum: 0, maximum: 100 }, { type: 'null' }] }),
      '201.total: may be null now',
    ],
    ['a new value', (it) => orderOf(it).properties.status.enum.push('lost'), '201.status: may be "lost" now'],
    [
      'a new code of a problem',
      ({ components }) => components.schemas['Problem422'].properties.code.enum.push('C'),
      '422.code: may be "C" now',
    ],
    ['a greater greatest value', (it) => (orderOf(it).properties.total.maximum = 200), '201.total: maximum 100 → 200'],
    [
      'another type that is given',
      (it) => (orderOf(it).properties.total.type = 'number'),
      '201.total: "integer" → "number"',
    ],
    [
      'a field deep inside that goes',
      ({ components }) => {
        components.schemas['Item'].properties = {};
        components.schemas['Item'].required = [];
      },
      '201.items[].sku: is gone',
    ],
  ])('is %s', (_what, change, expected) => {
    expect(breaksAfter(change)).toContainEqual(expect.stringContaining(expected));
  });

  it.each<[string, Change]>([
    ['nothing', () => undefined],
    ['a new path', ({ paths }) => (paths['/parcels'] = { get: { responses: {} } })],
    ['a new operation', ({ paths }) => (paths['/orders'].delete = { responses: {} })],
    ['a new way to sign in', (it) => post(it).security.push({ apiKey: [] })],
    ['credentials that are not asked for any more', (it) => (post(it).security = [])],
    [
      'a new parameter that may be left out',
      (it) => get(it).parameters.push({ name: 'q', in: 'query', schema: { type: 'string' } }),
    ],
    ['a parameter that may be left out now', (it) => (post(it).parameters[0].required = false)],
    ['a new value of a parameter', (it) => get(it).parameters[1].schema.enum.push('lost')],
    ['a greater greatest value of a parameter', (it) => (get(it).parameters[0].schema.maximum = 500)],
    ['a body that may be left out now', (it) => (post(it).requestBody.required = false)],
    ['another type of a body', (it) => (post(it).requestBody.content['text/plain'] = {})],
    ['a new field that may be left out', (it) => (bodyOf(it).properties.x = { type: 'string' })],
    ['a field that may be left out now', (it) => (bodyOf(it).required = [])],
    ['a longer text', (it) => (bodyOf(it).properties.sku.maxLength = 128)],
    ['a text without a limit', (it) => delete bodyOf(it).properties.sku.maxLength],
    ['a text without a pattern', (it) => delete bodyOf(it).properties.sku.pattern],
    ['a number where a whole one was', (it) => (bodyOf(it).properties.quantity.type = 'number')],
    ['a smaller least value', (it) => (bodyOf(it).properties.quantity.minimum = 0)],
    ['more items', (it) => (bodyOf(it).properties.tags.maxItems = 50)],
    ['a new value', (it) => bodyOf(it).properties.kind.enum.push('c')],
    [
      'null that is taken',
      (it) => (bodyOf(it).properties.kind = { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] }),
    ],
    ['fields without a name that are taken', (it) => (bodyOf(it).additionalProperties = true)],
    ['a new field of an answer', (it) => (orderOf(it).properties.x = { type: 'string' })],
    [
      'a new field that is always there',
      (it) => {
        orderOf(it).required.push('x');
        orderOf(it).properties.x = { type: 'string' };
      },
    ],
    ['a field that is always there now', (it) => orderOf(it).required.push('note')],
    ['a field that is never null any more', (it) => (orderOf(it).properties.note = { type: 'string', maxLength: 10 })],
    ['a value that never comes any more', (it) => orderOf(it).properties.status.enum.pop()],
    [
      'a code that never comes any more',
      ({ components }) => components.schemas['Problem422'].properties.code.enum.pop(),
    ],
    ['a smaller greatest value that is given', (it) => (orderOf(it).properties.total.maximum = 50)],
    ['a problem that never comes any more', (it) => delete post(it).responses[429]],
    ['a new header', (it) => (post(it).responses[201].headers.Vary = {})],
    ['words', (it) => (post(it).description = 'Places an order.')],
    [
      'another name of a schema',
      (it) => {
        it.components.schemas['Sale'] = it.components.schemas['Order'];
        post(it).responses[201].content = json('Sale');
      },
    ],
  ])('is not: %s', (_what, change) => {
    expect(breaksAfter(change)).toEqual([]);
  });
});

it('finds none between openapi.json and itself', () => {
  const own = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8')) as Contract;

  expect(breaksBetween(own, structuredClone(own))).toEqual([]);
});
