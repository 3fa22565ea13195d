import { describe, expect, it } from '@jest/globals';
import { Argon2PasswordHasher, RECOMMENDED_COST } from './argon2-password-hasher.js';

const cheap = new Argon2PasswordHasher({ memory: 8, passes: 1 });

describe('Argon2PasswordHasher', () => {
  it('makes argon2id hashes of the recommended cost, each with its own salt', async () => {
    const hasher = new Argon2PasswordHasher(RECOMMENDED_COST);

    const hashes = [await hasher.hash('correct horse'), await hasher.hash('correct horse')];

    expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(await hasher.isRight('correct horse', hashes[0]!)).toBe(true);
  });

  it.each([
    ['case', 'correct horse', 'Correct horse'],
    ['a space at the end', 'correct horse', 'correct horse '],
    ['a space in front', ' correct horse', 'correct horse'],
    ['a NUL', 'correct\0horse', 'correct'],
    ['the form of a ligature', 'of\ufb01ce', 'office'],
    ['the form of an accent', 'caf\u00e9', 'cafe\u0301'],
    ['the thousandth character', `${'🔑'.repeat(999)}a`, `${'🔑'.repeat(999)}b`],
  ])('compares exactly: %s makes another password', async (_, password, other) => {
    const hash = await cheap.hash(password);

    expect(await cheap.isRight(password, hash)).toBe(true);
    expect(await cheap.isRight(other, hash)).toBe(false);
  });

  it('is never right about nobody', async () => {
    expect(await cheap.isRight('', null)).toBe(false);
  });

  it('takes as long for nobody as for somebody', async () => {
    const hasher = new Argon2PasswordHasher(RECOMMENDED_COST);
    const hash = await hasher.hash('correct horse');
    const fastest = { somebody: Infinity, nobody: Infinity };

    for (let round = 0; round < 15; round++) {
      for (const [who, compared] of [['somebody', hash], ['nobody', null]] as const) {
        const started = performance.now();
        await hasher.isRight('wrong', compared);
        fastest[who] = Math.min(fastest[who], performance.now() - started);
      }
    }

    // Without a hash to compare it would be a hundredth; the rest is room for a busy machine.
    expect(fastest.nobody / fastest.somebody).toBeGreaterThan(0.5);
    expect(fastest.nobody / fastest.somebody).toBeLessThan(2);
  });

  it('reads hashes of other costs, as older ones are', async () => {
    const older = await new Argon2PasswordHasher({ memory: 16, passes: 2 }).hash('correct horse');

    expect(await cheap.isRight('correct horse', older)).toBe(true);
  });

  it.each([
    ['what it makes itself', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', false],
    ['what cost more', '$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA', false],
    ['what took less memory', '$argon2id$v=19$m=19455,t=2,p=1$c2FsdA$aGFzaA', true],
    ['what took fewer passes', '$argon2id$v=19$m=19456,t=1,p=1$c2FsdA$aGFzaA', true],
    ['another variant', '$argon2i$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA', true],
    ['an older version', '$argon2id$v=16$m=65536,t=3,p=4$c2FsdA$aGFzaA', true],
  ])('knows whether a hash is outdated: %s', (_, hash, isOutdated) => {
    expect(new Argon2PasswordHasher(RECOMMENDED_COST).isOutdated(hash)).toBe(isOutdated);
  });

  it('finds none of its own outdated', async () => {
    expect(cheap.isOutdated(await cheap.hash('correct horse'))).toBe(false);
    expect(new Argon2PasswordHasher({ memory: 16, passes: 1 }).isOutdated(await cheap.hash('correct horse'))).toBe(true);
  });
});
