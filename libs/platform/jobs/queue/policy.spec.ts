import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob } from '../../kernel/jobs/jobs.js';
import { policyOf, retryPauseMs } from './policy.js';

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

describe('the pause before another attempt', () => {
  it.each([
    [1, 10],
    [30, 60],
  ])('follows the backoff of the job: after %i failures at most %i seconds', (failures, seconds) => {
    const pause = retryPauseMs(policyOf('tests.patient'), failures) / 1_000;

    expect(pause).toBeGreaterThanOrEqual(seconds / 2);
    expect(pause).toBeLessThanOrEqual(seconds);
  });
});
