import { describe, expect, it } from 'vitest';
import { newId } from '../kernel/values/ids.js';
import type { AuditRow } from './audit-row.js';
import { CoalescedEvents } from './coalesced-events.js';

const NOW = 1_000_000;
const MINUTE = 60_000;

function anEvent(overrides: Partial<AuditRow> = {}): AuditRow {
  return {
    id: newId(),
    type: 'sign-in.failed',
    actor_id: null,
    api_key_id: null,
    subject_id: null,
    details: null,
    count: 1,
    ip_address: '192.0.2.1',
    request_id: newId(),
    at: new Date(NOW),
    ...overrides,
  };
}

describe('coalesced events', () => {
  it('go out at once the first time', () => {
    const events = new CoalescedEvents();
    const event = anEvent();

    events.add(event);

    expect(events.take(NOW)).toEqual([event]);
  });

  it('are counted for a minute when they repeat, and go out as one', () => {
    const events = new CoalescedEvents();
    events.add(anEvent());
    events.take(NOW);
    for (let i = 0; i < 5_000; i++) events.add(anEvent());

    expect(events.take(NOW + MINUTE - 1)).toEqual([]);
    expect(events.take(NOW + MINUTE)).toEqual([expect.objectContaining({ type: 'sign-in.failed', count: 5_000 })]);
  });

  it('are all counted, once', () => {
    const events = new CoalescedEvents();
    const written: AuditRow[] = [];

    for (let second = 0; second < 300; second++) {
      for (let i = 0; i < 7; i++) events.add(anEvent({ ip_address: `192.0.2.${i % 3}` }));
      written.push(...events.take(NOW + second * 1_000));
    }
    written.push(...events.takeAll());

    expect(written.reduce((sum, { count }) => sum + count, 0)).toBe(2_100);
    expect(written.length).toBeLessThanOrEqual(3 * 7);
  });

  it.each<Partial<AuditRow>>([
    { type: 'request.refused' },
    { actor_id: newId() },
    { subject_id: newId() },
    { ip_address: '192.0.2.2' },
    { details: { code: 'X' } },
  ])('are told apart by %j', (difference) => {
    const events = new CoalescedEvents();

    events.add(anEvent());
    events.add(anEvent(difference));

    expect(events.take(NOW)).toHaveLength(2);
  });

  it('of ever new kinds are counted by type alone, in bounded memory and rows', () => {
    const events = new CoalescedEvents();
    for (let i = 0; i < 50_000; i++) events.add(anEvent({ ip_address: `2001:db8::${i.toString(16)}` }));

    const rows = events.take(NOW);

    expect(rows).toHaveLength(1_001);
    expect(rows.at(-1)).toMatchObject({ type: 'sign-in.failed', ip_address: null, count: 49_000 });
  });

  it('make room again when they stop', () => {
    const events = new CoalescedEvents();
    for (let i = 0; i < 1_000; i++) events.add(anEvent({ ip_address: `192.0.2.${i}` }));
    events.take(NOW);
    events.take(NOW + MINUTE);

    events.add(anEvent({ ip_address: '198.51.100.7' }));

    expect(events.take(NOW + MINUTE)).toEqual([expect.objectContaining({ ip_address: '198.51.100.7' })]);
  });
});
