import { describe, expect, it } from 'vitest';
import { CREDENTIAL_PREFIX } from '../../kernel/access/credential-prefix.js';
import { newId } from '../../kernel/values/ids.js';
import { checksumOf, hashOf, isWellFormed, looksLikeApiKey, newApiKey } from './api-key-format.js';

/** Fixed for ever, but for the prefix: keys that were handed out must stay valid, and scanners know the format. */
const BODY = '0190a1b2000070008000000000000001_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg';
const KNOWN = `${CREDENTIAL_PREFIX}_${BODY}${checksumOf(`${CREDENTIAL_PREFIX}_${BODY}`)}`;

describe('an API key', () => {
  it('is recognised by its beginning, names its id and is well-formed', () => {
    const id = newId();

    const key = newApiKey(id);

    expect(key).toMatch(new RegExp(`^${CREDENTIAL_PREFIX}_[0-9a-f]{32}_[0-9A-Za-z]{49}$`));
    expect(key).toContain(id.replaceAll('-', ''));
    expect([looksLikeApiKey(key), isWellFormed(key)]).toEqual([true, true]);
  });

  it('is another one every time', () => {
    const id = newId();

    expect(new Set(Array.from({ length: 100 }, () => newApiKey(id))).size).toBe(100);
  });

  it('keeps its format', () => {
    expect(isWellFormed(KNOWN)).toBe(true);
    expect(checksumOf(`kit_${BODY}`)).toBe('1PXefS');
  });

  it('does not survive a typing error', () => {
    const mistyped = (character: string, position: number) =>
      KNOWN.slice(0, position) + (character === 'a' ? 'b' : 'a') + KNOWN.slice(position + 1);
    const changed = [...KNOWN].map(mistyped);

    expect(changed.filter(isWellFormed)).toEqual([]);
  });

  it.each([
    '',
    `${CREDENTIAL_PREFIX}_`,
    KNOWN.slice(0, -1),
    `${KNOWN}0`,
    KNOWN.toUpperCase(),
    ` ${KNOWN}`,
    `${KNOWN}\n`,
  ])('is not %p', (text) => {
    expect(isWellFormed(text)).toBe(false);
  });

  it('is stored as a hash of all of it', () => {
    expect(hashOf(KNOWN)).toHaveLength(32);
    expect(hashOf(KNOWN)).not.toEqual(hashOf(`${KNOWN}0`));
  });
});
