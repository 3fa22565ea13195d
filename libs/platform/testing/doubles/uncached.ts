import type { Cache } from '../../kernel/cache/cache.js';

/** For tests that are not about what was read before. */
export const uncached: Cache = {
  get: (_cache, _key, load) => load(),
  forget: async () => undefined,
  forgetTagged: async () => undefined,
};
