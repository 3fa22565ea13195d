import { expect, it } from 'vitest';
import { z } from 'zod';
import { createApiKeyBody } from './api-key.schemas.js';

it.each([
  ['CI', true],
  ['Büro 7', true],
  ['', false],
  ['  ', false],
  ['a\nb', false],
  ['a\u0085b', false],
  ['x'.repeat(101), false],
])('tells clients all that is asked of a name: %j', (name, isAccepted) => {
  const { pattern = '', minLength = 0, maxLength = 0 } = z.toJSONSchema(createApiKeyBody.shape.name, { io: 'input' });

  expect(new RegExp(pattern, 'u').test(name) && name.length >= minLength && name.length <= maxLength).toBe(isAccepted);
  expect(createApiKeyBody.shape.name.safeParse(name).success).toBe(isAccepted);
});
