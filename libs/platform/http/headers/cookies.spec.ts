import { describe, expect, it } from 'vitest';
import { cookieReader } from './cookies.js';

const read = cookieReader('__Host-tests', /[\w-]{3}/);

describe('a cookie', () => {
  it.each(['__Host-tests=abc', 'other=1; __Host-tests=abc', '__Host-tests=abc; other=1', 'a=1;__Host-tests=abc;b=2'])(
    'is found in "%s"',
    (header) => {
      expect(read(header)).toBe('abc');
    },
  );

  it.each([
    ['there are no cookies', undefined],
    ['it is not among them', 'other=abc'],
    ['its name is the end of another', 'x__Host-tests=abc'],
    ['its value is longer than it should be', '__Host-tests=abcd'],
    ['its value is no such value', '__Host-tests=a b'],
  ])('is not there when %s', (_, header) => {
    expect(read(header)).toBeUndefined();
  });
});
