import { describe, expect, it } from 'vitest';
import { aRegistration, hoursAfterNow, NOW } from '../testing/user.factory.js';
import { anHourBefore, contested, register, renew, requireCurrent } from './registration.js';
import { EmailTokenInvalid } from './user.errors.js';

describe('a registration', () => {
  it('waits three days for its link to be opened', () => {
    const registration = register(
      { email: 'ada@example.test', name: 'Ada', locale: null, passwordHash: 'hash' },
      'an-id',
      NOW,
    );

    expect(registration).toEqual({
      id: 'an-id',
      email: 'ada@example.test',
      name: 'Ada',
      locale: null,
      passwordHash: 'hash',
      createdAt: NOW,
      expiresAt: hoursAfterNow(72),
    });
    expect(() => requireCurrent(registration, new Date(hoursAfterNow(72).getTime() - 1))).not.toThrow();
    expect(() => requireCurrent(registration, hoursAfterNow(72))).toThrow(EmailTokenInvalid);
  });

  it('waits three days again when another mail is asked for', () => {
    expect(renew('another-id', hoursAfterNow(5))).toEqual({
      id: 'another-id',
      createdAt: hoursAfterNow(5),
      expiresAt: hoursAfterNow(77),
    });
  });

  it('has neither password nor name to give when its address is contested', () => {
    const registration = aRegistration({ name: 'Ada' });

    expect(contested(registration)).toEqual({ ...registration, name: null, passwordHash: null });
  });

  it('counts the mails of the hour before it', () => {
    expect(anHourBefore(aRegistration({ createdAt: hoursAfterNow(1) }))).toEqual(NOW);
  });
});
