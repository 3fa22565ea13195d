import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob } from '../../kernel/jobs/jobs.js';
import { backoffMs, policyOf } from './policy.js';

const payload = z.object({});
defineJob({
  name: 'tests.patient',
  payload,
  attempts: 3,
  backoff: { firstSeconds: 10, longestSeconds: 60 },
  priority: 5,
});

describe('the policy of a job', () => {
  it('is what its definition says, and the default where that says nothing', () => {
    expect(policyOf('tests.patient')).toMatchObject({
      attempts: 3,
      priority: 5,
      timeoutSeconds: 300,
      concurrency: null,
    });
  });

  it('gives up after about four minutes where nobody says otherwise', () => {
    const { attempts, backoff } = policyOf('tests.unheard-of');
    const waits = Array.from({ length: attempts - 1 }, (_, retry) => backoff.firstSeconds * 2 ** retry);
    expect(waits.reduce((sum, seconds) => sum + seconds, 0)).toBe(254);
  });

  it('is the default for one that this process does not know', () => {
    expect(policyOf('tests.unheard-of')).toMatchObject({ attempts: 8, priority: 0 });
  });
});

describe('the wait before another attempt', () => {
  const waits = (failures: number) =>
    Array.from({ length: 200 }, () => backoffMs(policyOf('tests.patient'), failures) / 1_000);

  it.each([
    ['the first failure', 1, 10],
    ['the second', 2, 20],
    ['the third', 3, 40],
    ['so many that it stays the longest', 30, 60],
  ])('doubles with each failure up to the longest, half of it at random: %s', (_which, failures, seconds) => {
    expect(Math.min(...waits(failures))).toBeGreaterThanOrEqual(seconds / 2);
    expect(Math.max(...waits(failures))).toBeLessThanOrEqual(seconds);
    expect(new Set(waits(failures)).size).toBeGreaterThan(1);
  });
});
