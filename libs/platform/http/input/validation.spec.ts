import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AppError, FieldError } from '../../kernel/errors/app-error.js';
import { ValidationFailed } from '../errors/http.errors.js';
import { validationPipe } from './validation.js';

const body = z.strictObject({ name: z.string(), tags: z.array(z.strictObject({})).optional() });

async function errorsOf(value: unknown): Promise<readonly FieldError[]> {
  const failure: unknown = await validationPipe
    .transform(value, { type: 'body', schema: body })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ValidationFailed);
  return (failure as AppError).errors ?? [];
}

const unknownFields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, 1]));

describe('a body that breaks rules', () => {
  it('has each of them named, unknown fields one by one', async () => {
    expect(await errorsOf({ name: 7, 'a/b': 1, c: 2 })).toMatchObject([
      { pointer: '#/name', code: 'invalid_type' },
      { pointer: '#/a~1b', code: 'unrecognized_keys', detail: 'This field is not known.' },
      { pointer: '#/c', code: 'unrecognized_keys' },
    ]);
  });

  it.each([
    ['of 1,000 unknown fields', { name: 'x', ...unknownFields(1_000) }],
    ['of 1,000 items with an unknown field each', { name: 'x', tags: Array(1_000).fill(unknownFields(1)) }],
    ['of 20 items with 20 unknown fields each', { name: 'x', tags: Array(20).fill(unknownFields(20)) }],
  ])('%s is answered with 100 errors, not with an answer larger than itself', async (_, value) => {
    expect(await errorsOf(value)).toHaveLength(100);
  });
});
