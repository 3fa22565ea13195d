import { describe, expect, it } from '@jest/globals';
import { normalizeEmail } from './email.js';

describe('normalizeEmail', () => {
  it.each([
    ['Ada@Example.TEST', 'case'],
    ['  ada@example.test\n', 'surrounding space'],
    ['ａｄａ＠example.test', 'full-width letters'],
    ['\u00a0ada@example.test\u3000', 'other kinds of space'],
  ])('takes %j for ada@example.test: %s does not matter', (email) => {
    expect(normalizeEmail(email)).toBe('ada@example.test');
  });

  it('changes nothing the second time', () => {
    const once = normalizeEmail(' İSTANBUL@Example.TEST ');

    expect(normalizeEmail(once)).toBe(once);
  });
});
