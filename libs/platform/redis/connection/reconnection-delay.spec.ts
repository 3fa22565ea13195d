import { afterEach, describe, expect, it, vi } from 'vitest';
import { LASTING_MS, ReconnectionDelay } from './reconnection-delay.js';

afterEach(() => void vi.useRealTimers());

const next = (delay: ReconnectionDelay, times: number) => Array.from({ length: times }, () => delay.next());

describe('ReconnectionDelay', () => {
  it('grows to two seconds while Redis is away, and to five when it refuses us', () => {
    const [away, refused] = [new ReconnectionDelay(), new ReconnectionDelay()];
    refused.isRefused = true;

    const [first, ...others] = next(away, 20);

    expect(first).toBeLessThanOrEqual(100);
    expect(Math.max(...others)).toBeLessThanOrEqual(2_000);
    expect(others.at(-1)).toBeGreaterThanOrEqual(1_000);
    expect(next(refused, 20).at(-1)).toBeGreaterThanOrEqual(2_500);
  });

  it('goes on growing when connections open and are of no use, and begins anew after one that lasted', () => {
    vi.useFakeTimers();
    const delay = new ReconnectionDelay();
    next(delay, 10);

    delay.opened();
    const afterUseless = delay.next();
    delay.opened();
    vi.advanceTimersByTime(LASTING_MS);
    const afterGood = delay.next();

    expect(afterUseless).toBeGreaterThanOrEqual(1_000);
    expect(afterGood).toBeLessThanOrEqual(100);
  });
});
