import { describe, expect, it } from '@jest/globals';
import { Argon2PasswordHasher, missingCost, RECOMMENDED_COST } from './argon2-password-hasher.js';

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

  it('makes hashes of one owner comparable, in every process with the same secret and nowhere else', async () => {
    const cost = { memory: 8, passes: 1 };
    const [here, there, elsewhere] = ['secret', 'secret', 'another'].map((secret) => new Argon2PasswordHasher(cost, secret));
    const ofAda = await here!.hash('correct horse', 'ada@example.test');

    expect(await there!.hash('correct horse', 'ada@example.test')).toBe(ofAda);
    const others = [here!.hash('another', 'ada@example.test'), here!.hash('correct horse', 'grace@example.test'), elsewhere!.hash('correct horse', 'ada@example.test')];
    for (const other of await Promise.all(others)) expect(other).not.toBe(ofAda);
    expect(await elsewhere!.isRight('correct horse', ofAda)).toBe(true);
  });

  it('is never right about nobody', async () => {
    expect(await cheap.isRight('', null)).toBe(false);
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

describe('what a wrong password costs', () => {
  const today = { memory: 19_456, passes: 2 };

  it.each([
    ['a hash of today', today, null],
    ['one that cost more', { memory: 65_536, passes: 3 }, null],
    ['one of a pass less', { memory: 19_456, passes: 1 }, { memory: 19_456, passes: 1 }],
    ['one of half the memory', { memory: 9_728, passes: 2 }, { memory: 19_456, passes: 1 }],
    ['one of unknown cost', { memory: 0, passes: 0 }, today],
  ])('is made up for after %s', (_, stored, missing) => {
    expect(missingCost(stored, today)).toEqual(missing);
  });

  it('comes to the same, within a hundredth, whatever the stored hash cost, and takes no more memory', () => {
    for (const memory of [8, 64, 4_096, 12_000, 19_000]) {
      for (const passes of [1, 2]) {
        const missing = missingCost({ memory, passes }, today)!;

        expect((memory * passes + missing.memory * missing.passes) / (today.memory * today.passes)).toBeCloseTo(1, 2);
        expect(missing.memory).toBeLessThanOrEqual(today.memory);
      }
    }
  });

  it('does not make an old hash of a wrong password right', async () => {
    const older = await new Argon2PasswordHasher({ memory: 8, passes: 1 }).hash('correct horse');

    expect(await new Argon2PasswordHasher({ memory: 64, passes: 3 }).isRight('wrong', older)).toBe(false);
  });
});
