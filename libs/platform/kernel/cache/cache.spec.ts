import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cachedDate, defineCache, LONGEST_LIFE_SECONDS } from './cache.js';

const value = z.object({ id: z.string() });

describe('defineCache', () => {
  it('refuses a value with a secret, before anything runs', () => {
    const credentials = z.object({ userId: z.string(), passwordHash: z.string() });

    // @ts-expect-error passwordHash is sensitive: keep it out of caches
    const definition = defineCache({ name: 'tests.credentials', value: credentials, ttlSeconds: 1 });

    expect(definition.name).toBe('tests.credentials');
  });

  it('refuses a second cache of the same name', () => {
    defineCache({ name: 'tests.twice', value, ttlSeconds: 1 });

    expect(() => defineCache({ name: 'tests.twice', value, ttlSeconds: 1 })).toThrow('tests.twice is defined twice');
  });

  it.each([
    [{ ttlSeconds: LONGEST_LIFE_SECONDS + 1 }],
    [{ ttlSeconds: LONGEST_LIFE_SECONDS, graceSeconds: 1 }],
    [{ ttlSeconds: 1, missingSeconds: LONGEST_LIFE_SECONDS + 1 }],
  ])('refuses an entry that outlives the memory of changes: %j', (lives) => {
    expect(() => defineCache({ name: 'tests.long', value, ...lives })).toThrow('3600 seconds');
  });
});

describe('a date in an entry', () => {
  it('is the same after a way through JSON', () => {
    const date = new Date('2030-01-01T12:00:00.123Z');

    const json = JSON.parse(JSON.stringify(z.encode(cachedDate, date)));

    expect(z.decode(cachedDate, json)).toEqual(date);
  });
});
