import { describe, expect, it } from 'vitest';
import { inLargeParts } from './joined-parts.js';

async function* of(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text);
}

describe('inLargeParts', () => {
  it.each([
    [
      ['ab', 'c', 'def', 'g'],
      ['abc', 'def', 'g'],
    ],
    [['abcdef'], ['abcdef']],
    [['a'], ['a']],
    [[], []],
  ])('makes of %j %j where three bytes are enough', async (chunks, parts) => {
    const joined: string[] = [];
    for await (const part of inLargeParts(of(...chunks), 3)) joined.push(String(part));

    expect(joined).toEqual(parts);
  });
});
