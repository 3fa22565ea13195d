import { describe, expect, it } from 'vitest';
import { endsAsPdf } from './document-check.js';

describe('the end of a PDF', () => {
  it.each([
    ['%%EOF', true],
    ['%%EOF\r\n', true],
    [`%%EOF${' '.repeat(1_000)}`, true],
    [`%%EOF${' '.repeat(1_100)}`, false],
    ['%%EO', false],
    ['PK\u0005\u0006%%EOF', false],
    ['', false],
  ])('is %j: %s', (tail, isPdf) => {
    expect(endsAsPdf(Buffer.from(tail, 'latin1'))).toBe(isPdf);
  });
});
