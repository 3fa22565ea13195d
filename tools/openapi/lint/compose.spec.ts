import { describe, expect, it } from 'vitest';
import { compose, type Schema } from './compose.ts';

const schemas = { Money: { type: 'object', properties: { currency: { type: 'string', example: 'EUR' } } } };
const money = { $ref: '#/components/schemas/Money' };

describe('the example of a schema', () => {
  it.each<[string, Schema, unknown]>([
    ['its own one', { type: 'string', example: 'TEA', default: 'none' }, 'TEA'],
    ['null where it says so', { type: ['string', 'null'], example: null }, null],
    ['the first of several', { type: 'string', examples: ['TEA', 'SOAP'] }, 'TEA'],
    ['its default', { type: 'integer', default: 20 }, 20],
    ['the first of its values', { type: 'string', enum: ['placed', 'fulfilled'] }, 'placed'],
    ['yes', { type: 'boolean' }, true],
    ['that of what it refers to', money, { currency: 'EUR' }],
    [
      'its own one rather than that of what it refers to',
      { ...money, example: { currency: 'JPY' } },
      { currency: 'JPY' },
    ],
    ['that of its first form', { anyOf: [money, { type: 'null' }] }, { currency: 'EUR' }],
    ['a list of one', { type: 'array', items: money }, [{ currency: 'EUR' }]],
    ['nothing, of a file', { type: 'string', format: 'binary' }, ''],
    ['made of its parts', { type: 'object', properties: { price: money } }, { price: { currency: 'EUR' } }],
  ])('is %s', (_what, schema, expected) => {
    expect(compose(schema, schemas)).toEqual({ value: expected, missing: [] });
  });

  it('names the places that have none', () => {
    const item = { type: 'object', properties: { sku: { type: 'string' }, price: money } };
    const order = { type: 'object', properties: { items: { type: 'array', items: item }, count: { type: 'integer' } } };

    expect(compose(order, schemas).missing).toEqual(['items[].sku', 'count']);
    expect(compose({ $ref: '#/components/schemas/Unknown' }, schemas).missing).toEqual(['']);
  });
});
