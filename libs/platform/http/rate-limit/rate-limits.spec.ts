import { describe, expect, it } from 'vitest';
import { InvalidEnvironment, loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { defaultLimit, defineRateLimit } from './rate-limit.js';
import { RateLimits, requireKnownLimits } from './rate-limits.js';

const printLimit = defineRateLimit('print', {
  quota: { requests: 5, windowSeconds: 30 },
  withoutRedis: 'open',
  description: 'Printing, per user.',
});
const limitsWith = (environment: Record<string, string> = {}) => new RateLimits(loadEnv(aValidEnv(environment)));

describe('a rate limit', () => {
  it('is what its definition says', () => {
    expect(limitsWith().quotaOf(printLimit)).toEqual({ requests: 5, windowSeconds: 30 });
  });

  it('is the usual one where its definition says nothing', () => {
    const limits = limitsWith({ RATE_LIMIT_REQUESTS: '7', RATE_LIMIT_WINDOW: '70' });

    expect([limits.quotaOf(defaultLimit), limits.quotaOf(printLimit).requests]).toEqual([
      { requests: 7, windowSeconds: 70 },
      5,
    ]);
  });

  it('is what RATE_LIMITS says, whatever else does', () => {
    const limits = limitsWith({ RATE_LIMITS: 'print=1000/3600, default=9/90', RATE_LIMIT_REQUESTS: '7' });

    expect([limits.quotaOf(printLimit), limits.quotaOf(defaultLimit)]).toEqual([
      { requests: 1_000, windowSeconds: 3_600 },
      { requests: 9, windowSeconds: 90 },
    ]);
  });

  it('has to be there when RATE_LIMITS names it', () => {
    const start = (RATE_LIMITS: string) => () => requireKnownLimits(loadEnv(aValidEnv({ RATE_LIMITS })));

    expect(start('print=1/1')).not.toThrow();
    expect(start('print=1/1,pirnt=1/1')).toThrow(InvalidEnvironment);
    expect(start('pirnt=1/1')).toThrow(
      /RATE_LIMITS: names a limit that does not exist; there are default, print, unauthenticated/,
    );
  });

  it.each([
    'print',
    'print=5',
    'print=0/60',
    'print=5/0',
    'print=-1/60',
    'print=5/60/1',
    'Print=5/60',
    'print=5/60,print=6/60',
  ])('is not configured by %s', (RATE_LIMITS) => {
    expect(() => limitsWith({ RATE_LIMITS })).toThrow(/RATE_LIMITS/);
  });

  it('has a name of its own', () => {
    expect(() => defineRateLimit('print', { withoutRedis: 'open', description: 'Again.' })).toThrow(/defined twice/);
  });
});
