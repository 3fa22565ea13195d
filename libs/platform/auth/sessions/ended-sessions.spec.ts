import { describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { EndedSessions } from './ended-sessions.js';

const LIFETIME = 600;
const MINUTE = 60;

function setup() {
  const clock = new StoppedClock();
  const endedSessions = new EndedSessions(clock, loadEnv(aValidEnv({ AUTH_ACCESS_TTL: String(LIFETIME) })));
  const asked: number[] = [];
  /** Remembers how many seconds back the set asked for. */
  const read = async (since: Date) => {
    asked.push((clock.now().getTime() - since.getTime()) / 1000);
    return ['read'];
  };
  return { clock, endedSessions, asked, read };
}

describe('EndedSessions', () => {
  it('knows a session until its last access token has expired', () => {
    const { clock, endedSessions } = setup();
    endedSessions.add(['first']);

    clock.pass(LIFETIME);
    endedSessions.add(['second']);
    expect(endedSessions.has('first')).toBe(true);

    clock.pass(MINUTE);
    endedSessions.add(['third']);
    expect(['first', 'second', 'third', 'fourth'].map((id) => endedSessions.has(id))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('does not know it for longer because it hears of it again and again', () => {
    const { clock, endedSessions } = setup();
    endedSessions.add(['session']);

    clock.pass(LIFETIME);
    endedSessions.add(['session']);
    clock.pass(MINUTE);
    endedSessions.add([]);

    expect(endedSessions.has('session')).toBe(false);
  });

  it('is complete once it has read what ended before the process started', async () => {
    const { endedSessions, asked, read } = setup();
    expect(endedSessions.isComplete).toBe(false);

    await endedSessions.refresh(read);

    expect(endedSessions.isComplete).toBe(true);
    expect(endedSessions.has('read')).toBe(true);
    expect(asked).toEqual([LIFETIME + MINUTE]);
  });

  it('stays incomplete when the reading fails, and asks for everything again', async () => {
    const { endedSessions, asked, read } = setup();

    await expect(endedSessions.refresh(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(endedSessions.isComplete).toBe(false);

    await endedSessions.refresh(read);
    expect(asked).toEqual([LIFETIME + MINUTE]);
  });

  it('asks only for what is new from then on, with an overlap, and for all it missed after an outage', async () => {
    const { clock, endedSessions, asked, read } = setup();
    await endedSessions.refresh(read);

    clock.pass(1);
    await endedSessions.refresh(read);
    clock.pass(300);
    await expect(endedSessions.refresh(() => Promise.reject(new Error('away')))).rejects.toThrow();
    clock.pass(200);
    await endedSessions.refresh(read);

    expect(asked.slice(1)).toEqual([1 + MINUTE, 500 + MINUTE]);
  });
});
