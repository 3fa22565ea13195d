import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { Argon2PasswordHasher, missingCost, RECOMMENDED_COST } from './argon2-password-hasher.js';

// The package's own names for them are const enums, which vanish at build time.
const ARGON2I = 1;
const VERSION_16 = 0;

const cheap = new Argon2PasswordHasher({ memory: 8, passes: 1 });

describe('Argon2PasswordHasher', () => {
  it('makes argon2id hashes of the recommended cost, each with its own salt', async () => {
    const hasher = new Argon2PasswordHasher(RECOMMENDED_COST);

    const hashes = [await hasher.hash('correct horse'), await hasher.hash('correct horse')];

    expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(await hasher.compare('correct horse', hashes[0]!)).toBe('right');
  });

  it.each([
    ['case', 'correct horse', 'Correct horse'],
    ['a space at the end', 'correct horse', 'correct horse '],
    ['a space in front', ' correct horse', 'correct horse'],
    ['a NUL', 'correct\0horse', 'correct'],
    ['the form of a ligature', 'of\ufb01ce', 'office'],
    ['the form of a digit', 'x\u00b2', 'x2'],
    ['an accent', 'caf\u00e9', 'cafe'],
    ['the thousandth character', `${'🔑'.repeat(999)}a`, `${'🔑'.repeat(999)}b`],
  ])('compares exactly: %s makes another password', async (_, password, other) => {
    const stored = await cheap.hash(password);

    expect(await cheap.compare(password, stored)).toBe('right');
    expect(await cheap.compare(other, stored)).toBe('wrong');
  });

  describe.each([
    ['accents', 'café crème', 'cafe\u0301 cre\u0300me'],
    ['several marks', 'Vi\u1ec7t Nam', 'Vie\u0323\u0302t Nam'],
    ['syllables', '한국어 비밀번호', '한국어 비밀번호'.normalize('NFD')],
    ['spaces', 'correct horse', 'correct\u00a0horse'],
  ])('with %s that keyboards compose differently', (_, one, another) => {
    it('takes both for the same password', async () => {
      expect(await cheap.compare(another, await cheap.hash(one))).toBe('right');
      expect(await cheap.compare(one, await cheap.hash(another))).toBe('right');
    });

    it('finds it in hashes from before passwords were prepared, which want to be renewed', async () => {
      const unprepared = await hash(another, { memoryCost: 8, timeCost: 1, parallelism: 1 });

      expect(await cheap.compare(another, unprepared)).toBe('outdated');
      expect(await cheap.compare(`${another}!`, unprepared)).toBe('wrong');
    });
  });

  it('finds it in such hashes also when another keyboard composes it now', async () => {
    const unprepared = await hash('cafe\u0301 cre\u0300me', { memoryCost: 8, timeCost: 1, parallelism: 1 });

    expect(await cheap.compare('café crème', unprepared)).toBe('outdated');
  });

  it('makes hashes of one owner comparable, in every process with the same secret and nowhere else', async () => {
    const cost = { memory: 8, passes: 1 };
    const [here, there, elsewhere] = ['secret', 'secret', 'another'].map(
      (secret) => new Argon2PasswordHasher(cost, secret),
    );
    const ofAda = await here!.hash('correct horse', 'ada@example.test');

    expect(await there!.hash('correct horse', 'ada@example.test')).toBe(ofAda);
    const others = [
      here!.hash('another', 'ada@example.test'),
      here!.hash('correct horse', 'grace@example.test'),
      elsewhere!.hash('correct horse', 'ada@example.test'),
    ];
    for (const other of await Promise.all(others)) expect(other).not.toBe(ofAda);
    expect(await elsewhere!.compare('correct horse', ofAda)).toBe('right');
  });

  it('is never right about nobody', async () => {
    expect(await cheap.compare('', null)).toBe('wrong');
  });

  it('reads hashes of other costs, as older ones are', async () => {
    const older = await new Argon2PasswordHasher({ memory: 16, passes: 2 }).hash('correct horse');

    expect(await cheap.compare('correct horse', older)).toBe('right');
  });

  it.each([
    ['what it makes itself', {}, 'right'],
    ['what cost more', { memoryCost: 128, timeCost: 3 }, 'right'],
    ['what took less memory', { memoryCost: 63 }, 'outdated'],
    ['what took fewer passes', { timeCost: 1 }, 'outdated'],
    ['another variant', { algorithm: ARGON2I, timeCost: 3 }, 'outdated'],
    ['an older version', { version: VERSION_16, timeCost: 3 }, 'outdated'],
  ])('knows which hashes want to be renewed: %s', async (_, made, match) => {
    const stored = await hash('correct horse', { memoryCost: 64, timeCost: 2, parallelism: 1, ...made });

    expect(await new Argon2PasswordHasher({ memory: 64, passes: 2 }).compare('correct horse', stored)).toBe(match);
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

    expect(await new Argon2PasswordHasher({ memory: 64, passes: 3 }).compare('wrong', older)).toBe('wrong');
  });
});
