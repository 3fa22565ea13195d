import { describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { concurrencyOf } from './concurrency.js';

describe('the number of jobs at a time', () => {
  it.each([
    ['8 where nobody says', {}, 8],
    ['what a smaller pool leaves room for', { DATABASE_POOL_SIZE: '5' }, 4],
    ['one at least', { DATABASE_POOL_SIZE: '1' }, 1],
    ['what the environment says', { JOBS_CONCURRENCY: '20', DATABASE_POOL_SIZE: '30' }, 20],
  ])('is %s', (_what, environment, jobs) => {
    expect(concurrencyOf(loadEnv(aValidEnv(environment)))).toBe(jobs);
  });
});
