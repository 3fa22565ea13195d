import { describe, expect, it } from 'vitest';
import { idempotencyKeyOf } from './idempotency-key.js';

const keyOf = (...lines: string[]) =>
  idempotencyKeyOf({ raw: { rawHeaders: lines.flatMap((line) => ['idempotency-KEY', line]) } } as never);

describe('an idempotency key', () => {
  it.each([
    ['a', 'a'],
    ['a"b', 'a"b'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e-40d5"', '8e03978e-40d5'],
    [String.raw`"a \"b\" \\"`, String.raw`a "b" \ `.trimEnd()],
    ['x'.repeat(255), 'x'.repeat(255)],
    [`"${'\\"'.repeat(255)}"`, '"'.repeat(255)],
  ])('may be sent as %s', (line, key) => {
    expect(keyOf(line)).toBe(key);
  });

  it.each(['', '""', '"a', 'a b', 'ä', 'a\u0001', 'x'.repeat(256), `"${'x'.repeat(256)}"`, String.raw`"a\b"`, '"a"b'])(
    'may not be sent as %s',
    (line) => {
      expect(() => keyOf(line)).toThrow(/Idempotency-Key/);
    },
  );

  it('is sent once', () => {
    expect(() => keyOf('a', 'a')).toThrow(/Idempotency-Key/);
    expect(() => keyOf()).toThrow(/Idempotency-Key/);
  });
});
