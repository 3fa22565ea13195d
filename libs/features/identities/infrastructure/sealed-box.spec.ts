import { describe, expect, it } from '@jest/globals';
import { SealedBox } from './sealed-box.js';

const SECRET = 'only-for-tests-only-for-tests-only-for-tests';
const box = new SealedBox(SECRET, 'tests');

describe('a sealed box', () => {
  it('gives back what was put in', () => {
    expect(box.open(box.seal('Grüße, 世界', 'here'), 'here')).toBe('Grüße, 世界');
  });

  it('looks different each time', () => {
    expect(box.seal('same')).not.toBe(box.seal('same'));
  });

  it.each([
    ['in another context', () => box.open(box.seal('text', 'here'), 'there')],
    ['for another purpose', () => new SealedBox(SECRET, 'others').open(box.seal('text'))],
    ['with another secret', () => new SealedBox(`${SECRET}!`, 'tests').open(box.seal('text'))],
    ['when a part is missing', () => box.open(box.seal('text').slice(0, -4))],
    ['when it is empty', () => box.open('')],
    ['when it is nonsense', () => box.open('A'.repeat(100))],
    ['when it is spelled in another way', () => box.open(`${box.seal('text')}=`)],
  ])('stays shut %s', (_, open) => {
    expect(open()).toBeNull();
  });

  it('stays shut when any bit of it was changed', () => {
    const bytes = Buffer.from(box.seal('text'), 'base64url');

    const opened = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      return box.open(changed.toString('base64url'));
    });

    expect(new Set(opened)).toEqual(new Set([null]));
  });
});
