import { describe, expect, it } from 'vitest';
import { SealedText } from './sealed-text.js';

const texts = new SealedText('a secret of this test, and of no other', 'webhook-secrets');

describe('a sealed text', () => {
  it('opens to what it was', () => {
    expect(texts.open(texts.seal('whsec_Grüße', 'row-1'), 'row-1')).toBe('whsec_Grüße');
  });

  it('is never the same twice, and shows nothing of what it holds', () => {
    const [one, other] = [texts.seal('whsec_abc', 'row-1'), texts.seal('whsec_abc', 'row-1')];

    expect(one.equals(other)).toBe(false);
    expect(one.toString('latin1')).not.toContain('whsec');
  });

  it('does not open in another row, under another secret, or after any change', () => {
    const sealed = texts.seal('whsec_abc', 'row-1');
    const changed = [...sealed.keys()].map((at) => sealed.map((byte, index) => (index === at ? byte ^ 1 : byte)));

    expect(() => texts.open(sealed, 'row-2')).toThrow();
    expect(() => new SealedText('another secret', 'webhook-secrets').open(sealed, 'row-1')).toThrow();
    for (const bytes of [...changed, sealed.subarray(0, 20), new Uint8Array()])
      expect(() => texts.open(bytes, 'row-1')).toThrow();
  });
});
