import { describe, expect, it } from 'vitest';
import { Probe } from './probe.js';

const SOON_MS = 20;
const LATE_MS = 60_000;

describe('Probe', () => {
  it('is up with what the dependency tells of itself', async () => {
    const probe = new Probe(async () => ({ waiting: 3 }), LATE_MS);

    expect(await probe.check()).toEqual({ status: 'up', latencyMs: expect.any(Number), waiting: 3 });
  });

  it('is down when the dependency fails, and says nothing of why', async () => {
    const probe = new Probe(async () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432')), LATE_MS);

    expect(await probe.check()).toEqual({ status: 'down', latencyMs: expect.any(Number) });
  });

  it('is down when the answer itself is bad news', async () => {
    const probe = new Probe(async () => ({ status: 'down' as const, pending: 2 }), LATE_MS);

    expect(await probe.check()).toMatchObject({ status: 'down', pending: 2 });
  });

  it('does not wait for a frozen dependency, and does not ask it twice', async () => {
    let questions = 0;
    let thaw = (): void => undefined;
    const probe = new Probe(() => {
      questions++;
      return new Promise<void>((resolve) => (thaw = resolve));
    }, SOON_MS);

    const first = await Promise.all([probe.check(), probe.check()]);
    const later = await probe.check();
    thaw();
    const thawed = await probe.check();

    expect([...first, later].map(({ status }) => status)).toEqual(['down', 'down', 'down']);
    expect(thawed.status).toBe('up');
    expect(questions).toBe(1);
  });
});
