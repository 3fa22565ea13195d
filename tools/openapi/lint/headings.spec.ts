import { describe, expect, it } from 'vitest';
import { objectionsToHeadings } from './headings.ts';
import type { Document, Operation } from './operations.ts';

const ORDERS = { name: 'Orders', description: 'What somebody buys.' };
const document = (operation: Operation, tags: Document['tags'] = [ORDERS]): Document => ({
  tags,
  paths: { '/v1/orders': { post: { operationId: 'Orders.place', ...operation } } },
});
const said = (operation: Operation, tags?: Document['tags']) =>
  objectionsToHeadings(document({ summary: 'Place an order', tags: ['Orders'], ...operation }, tags));

describe('the headings of an operation', () => {
  it('name the method that has no summary', () => {
    expect(objectionsToHeadings(document({ tags: ['Orders'] }))).toEqual([
      "OrdersController.place (POST /v1/orders) has no summary: say in @ApiOperation({ summary: '…' }) what it does",
    ]);
  });

  it.each([
    ['  ', 'no summary'],
    ['Place an order that somebody else has begun before', 'more than 8 words'],
    ['Place an order.', 'no heading'],
    ['place an order', 'no heading'],
    ['Places an order', 'no order'],
    ['Placing an order', 'no order'],
  ])('are not "%s"', (summary, objection) => {
    expect(said({ summary })).toEqual([expect.stringContaining(objection)]);
  });

  it.each(['Place an order', 'Sign out', 'Process an order', 'Bring an order back', "List a user's orders"])(
    'may be "%s"',
    (summary) => {
      expect(said({ summary })).toEqual([]);
    },
  );

  it.each<[string, Operation, Document['tags'], string]>([
    ['no tag', { tags: [] }, [ORDERS], 'not one tag'],
    ['two tags', { tags: ['Orders', 'Me'] }, [ORDERS], 'not one tag'],
    ['a tag that nobody defined', { tags: ['Orders'] }, [], 'nobody describes'],
    ['a tag without a description', { tags: ['Orders'] }, [{ name: 'Orders' }], 'nobody describes'],
  ])('do not have %s', (_what, operation, tags, objection) => {
    expect(said(operation, tags)).toEqual([expect.stringContaining(objection)]);
  });

  it('may have descriptions, and tags that nothing uses yet', () => {
    expect(said({ description: 'At once.' }, [ORDERS, { name: 'Later', description: 'Nothing yet.' }])).toEqual([]);
  });
});
