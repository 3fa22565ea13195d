import { describe, expect, it } from 'vitest';
import { formatMoney } from './money.js';

describe('formatMoney', () => {
  it.each([
    [123_456_705, 'EUR', 'EUR 1,234,567.05'],
    [5, 'EUR', 'EUR 0.05'],
    [1250, 'JPY', 'JPY 1,250'],
    [1250, 'KWD', 'KWD 1.250'],
    [0, 'USD', 'USD 0.00'],
  ])('writes %i of the smallest unit of %s as %s', (amount, currency, text) => {
    expect(formatMoney({ amount, currency })).toBe(text);
  });

  it('separates as the language of the reader does', () => {
    expect(formatMoney({ amount: 123_456_705, currency: 'EUR' }, 'de')).toBe('EUR 1.234.567,05');
  });
});
