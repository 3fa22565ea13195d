import { describe, expect, it } from 'vitest';
import { cron, everySeconds, type Schedule } from './schedule.js';

const BERLIN = { timeZone: 'Europe/Berlin' };

/** The next so many times after `from`, as UTC. */
function times(schedule: Schedule, from: string, count: number): string[] {
  let time = new Date(from);
  return Array.from({ length: count }, () => {
    time = schedule.nextAfter(time);
    return time.toISOString().slice(0, 16);
  });
}

describe('every so many seconds', () => {
  it('means the same times for all workers, whenever they start', () => {
    const hourly = everySeconds(3_600);

    expect(hourly.nextAfter(new Date('2026-01-01T10:00:00.001Z'))).toEqual(new Date('2026-01-01T11:00:00Z'));
    expect(hourly.nextAfter(new Date('2026-01-01T10:59:59.999Z'))).toEqual(new Date('2026-01-01T11:00:00Z'));
    expect(hourly.nextAfter(new Date('2026-01-01T11:00:00Z'))).toEqual(new Date('2026-01-01T12:00:00Z'));
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s of them', (seconds) => {
    expect(() => everySeconds(seconds)).toThrow('whole seconds');
  });
});

describe('a time on the clock', () => {
  it('is UTC where nobody says otherwise', () => {
    expect(times(cron('0 3 * * 1-5'), '2026-11-27T12:00:00Z', 2)).toEqual(['2026-11-30T03:00', '2026-12-01T03:00']);
  });

  it('moves with daylight saving', () => {
    expect(times(cron('0 3 * * *', BERLIN), '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T02:00',
      '2026-03-29T01:00',
      '2026-03-30T01:00',
    ]);
  });

  it('that daylight saving skips is made up for when the clock goes on', () => {
    expect(times(cron('30 2 * * *', BERLIN), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it('that comes twice counts the first time', () => {
    expect(times(cron('30 2 * * *', BERLIN), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('of every hour counts in the hour that comes twice both times, and in the one that is skipped not at all', () => {
    const hourly = cron('0 * * * *', BERLIN);

    expect(times(hourly, '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
    ]);
    expect(times(hourly, '2026-03-28T23:30:00Z', 3)).toEqual([
      '2026-03-29T00:00',
      '2026-03-29T01:00',
      '2026-03-29T02:00',
    ]);
  });

  it.each([
    ['no time fits', '0 0 30 2 *'],
    ['is of too few fields', '* * * *'],
    ['is out of range', '61 * * * *'],
    ['is no expression', 'nonsense'],
  ])('is refused where it is defined when it %s', (_what, expression) => {
    expect(() => cron(expression)).toThrow();
  });

  it('is refused in a time zone that does not exist', () => {
    expect(() => cron('0 3 * * *', { timeZone: 'Mars/Olympus' })).toThrow('Mars/Olympus');
  });
});
