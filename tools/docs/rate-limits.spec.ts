import { describe, expect, it } from 'vitest';
import { rateLimitsDocument } from './rate-limits.ts';

describe('the document about rate limits', () => {
  it('lists each with its numbers, or with the variables that hold them', () => {
    const document = rateLimitsDocument([
      { name: 'usual', withoutRedis: 'open', description: 'The rest.' },
      { name: 'login', withoutRedis: 'closed', description: 'Attempts.', quota: { requests: 20, windowSeconds: 60 } },
    ]);

    const rows = document.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toEqual([
      '| `login` | 20 in 60 | closed | Attempts. |',
      '| `usual` | `RATE_LIMIT_REQUESTS` in `RATE_LIMIT_WINDOW` | open | The rest. |',
    ]);
  });

  it('is not made of nothing', () => {
    expect(() => rateLimitsDocument([])).toThrow(/No rate limit/);
  });
});
