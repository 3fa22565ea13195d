import { expect, it } from 'vitest';
import { z } from 'zod';
import { placeOrderBody } from './order.schemas.js';

it('tells clients all that is asked of a note', () => {
  const { anyOf = [] } = z.toJSONSchema(placeOrderBody.shape.note, { io: 'input' });
  const { pattern, maxLength } = anyOf.find(({ type }) => type === 'string') as { pattern: string; maxLength: number };

  expect([new RegExp(pattern, 'u').test('two\nlines'), new RegExp(pattern, 'u').test('a\0b')]).toEqual([true, false]);
  expect(maxLength).toBe(1_000);
});
