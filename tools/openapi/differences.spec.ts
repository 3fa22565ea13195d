import { describe, expect, it } from 'vitest';
import { differences, type OpenApiDocument } from './differences.ts';

const order = (overrides = {}) => ({
  operationId: 'Orders.get',
  responses: { 200: { description: 'The order' } },
  ...overrides,
});
const document = (paths: OpenApiDocument['paths'], rest = {}): OpenApiDocument => ({
  openapi: '3.1.1',
  paths,
  ...rest,
});

describe('differences between OpenAPI documents', () => {
  it('are none between equal ones, whatever the order', () => {
    const [a, b] = [{ get: order() }, { delete: order() }];

    expect(differences(document({ '/a': a, '/b': b }), document({ '/b': b, '/a': a }))).toEqual([]);
  });

  it('name operations that came and went', () => {
    const found = differences(
      document({ '/v1/orders': { get: order() } }),
      document({ '/v1/orders': { post: order() } }),
    );

    expect(found).toEqual(['- GET /v1/orders', '+ POST /v1/orders']);
  });

  it('say where an operation changed', () => {
    const changed = order({ responses: { 200: { description: 'An order' }, 404: { description: 'None' } } });

    const found = differences(
      document({ '/v1/orders': { get: order() } }),
      document({ '/v1/orders': { get: changed } }),
    );

    expect(found).toEqual([
      '~ GET /v1/orders',
      '    responses.200.description: "The order" → "An order"',
      '    responses.404 added: {"description":"None"}',
    ]);
  });

  it('see changes beside the paths', () => {
    expect(differences(document({}), document({}, { openapi: '3.2.0' }))).toEqual(['~ openapi: "3.1.1" → "3.2.0"']);
  });
});
