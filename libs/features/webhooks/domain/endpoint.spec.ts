import { describe, expect, it } from 'vitest';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { anEndpoint, aSubscriber, hoursAfterNow, NOW } from '../testing/endpoint.factory.js';
import { changeEndpoint, disabledBy, makeEndpoint, requireAudience, requireKnown } from './endpoint.js';
import { WebhookEventUnknown } from './webhook.errors.js';

describe('a new endpoint', () => {
  it('belongs to its maker, is enabled, and hears of each event once', () => {
    const maker = aSubscriber();
    const wish = { url: 'https://a.example/', events: ['b', 'a', 'b'], description: null, audience: 'own' } as const;

    expect(makeEndpoint(wish, maker, 'id', NOW)).toMatchObject({
      userId: maker.id,
      events: ['a', 'b'],
      disabledBecause: null,
      failingSince: null,
    });
  });
});

describe('an endpoint that changes', () => {
  it('keeps what is not named', () => {
    const endpoint = anEndpoint({ description: 'before', disabledBecause: 'gone' });

    expect(changeEndpoint(endpoint, { events: ['b', 'a'] }, hoursAfterNow(1))).toEqual({
      ...endpoint,
      events: ['a', 'b'],
      updatedAt: hoursAfterNow(1),
    });
  });

  it('is disabled by its owner, and enabled with its failures forgotten', () => {
    const failing = anEndpoint({ failingSince: NOW });

    expect(changeEndpoint(failing, { isEnabled: false }, NOW)).toMatchObject({ disabledBecause: 'owner' });
    expect(changeEndpoint({ ...failing, disabledBecause: 'failing' }, { isEnabled: true }, NOW)).toMatchObject({
      disabledBecause: null,
      failingSince: null,
    });
  });

  it('keeps the reason for which it was disabled before', () => {
    const gone = anEndpoint({ disabledBecause: 'gone' });

    expect(changeEndpoint(gone, { isEnabled: false }, NOW).disabledBecause).toBe('gone');
  });
});

describe('a failure', () => {
  it.each([
    ['410, at once', null, 410, 'gone'],
    ['any other', null, 500, null],
    ['no answer', null, null, null],
    ['just before five days', hoursAfterNow(-119.99), 500, null],
    ['five days after the first one', hoursAfterNow(-120), 500, 'failing'],
  ])('disables: %s', (_, failingSince, status, reason) => {
    expect(disabledBy({ failingSince }, status, NOW)).toBe(reason);
  });
});

describe('the events of everybody', () => {
  it('are for those who hold the permission', () => {
    expect(() => requireAudience(aSubscriber(), 'own', 'webhooks:everybody')).not.toThrow();
    expect(() => requireAudience(aSubscriber(), 'everybody', 'webhooks:everybody')).toThrow(PermissionDenied);
    expect(() => requireAudience(aSubscriber('webhooks:everybody'), 'everybody', 'webhooks:everybody')).not.toThrow();
  });
});

describe('events that do not exist', () => {
  it('are refused with those that do', () => {
    const refused = () => requireKnown(['a', 'c'], ['a', 'b']);

    expect(refused).toThrow(WebhookEventUnknown);
    expect(refused).toThrow(
      expect.objectContaining({
        errors: [{ pointer: '#/events/1', code: 'event_unknown', detail: 'Allowed are: a, b.' }],
      }),
    );
  });
});
