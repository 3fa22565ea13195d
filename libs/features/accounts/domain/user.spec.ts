import { describe, expect, it } from 'vitest';
import { aRegistration, aUser, hoursAfterNow, NOW } from '../testing/user.factory.js';
import {
  changePassword,
  changeProfile,
  isUnclaimed,
  newUnverifiedUser,
  newVerifiedUser,
  resetPassword,
} from './user.js';

const LATER = hoursAfterNow(1);

describe('a new user', () => {
  it('comes of a registration, active and with a verified address', () => {
    const { email, name, locale, passwordHash, ...registration } = aRegistration({ name: 'Ada', locale: 'de' });

    expect(newVerifiedUser({ ...registration, email, name, locale, passwordHash }, 'a-user', LATER)).toEqual({
      id: 'a-user',
      email,
      emailVerifiedAt: LATER,
      name,
      locale,
      passwordHash,
      status: 'active',
      createdAt: LATER,
      updatedAt: LATER,
    });
  });

  it('whom somebody else has asked for has neither a verified address nor a password', () => {
    expect(newUnverifiedUser('ada@example.test', 'a-user', NOW)).toMatchObject({
      emailVerifiedAt: null,
      passwordHash: null,
      status: 'active',
    });
  });
});

describe('an account', () => {
  it('is unclaimed until its owner has verified the address or chosen a password', () => {
    const user = newUnverifiedUser('ada@example.test', 'a-user', NOW);

    expect(isUnclaimed(user)).toBe(true);
    expect(isUnclaimed({ ...user, emailVerifiedAt: LATER })).toBe(false);
    expect(isUnclaimed({ ...user, passwordHash: 'hash' })).toBe(false);
  });
});

describe('a new password', () => {
  it('says nothing about the address when the current one allows it', () => {
    const user = aUser({ emailVerifiedAt: null });

    expect(changePassword(user, 'another hash', LATER)).toEqual({
      ...user,
      passwordHash: 'another hash',
      updatedAt: LATER,
    });
  });

  it('verifies the address when a mailed link allows it', () => {
    expect(resetPassword(aUser({ emailVerifiedAt: null }), 'another hash', LATER)).toMatchObject({
      passwordHash: 'another hash',
      emailVerifiedAt: LATER,
    });
  });

  it('leaves the time at which the address was verified first', () => {
    expect(resetPassword(aUser({ emailVerifiedAt: NOW }), 'another hash', LATER)).toMatchObject({
      emailVerifiedAt: NOW,
    });
  });
});

describe('changeProfile', () => {
  it.each(['Grace', null])('changes the name to %p', (name) => {
    const user = aUser();

    expect(changeProfile(user, { name }, LATER)).toEqual({ ...user, name, updatedAt: LATER });
  });

  it.each(['de', null] as const)('changes the language to %p, and leaves the name', (locale) => {
    const user = aUser({ locale: 'en' });

    expect(changeProfile(user, { locale }, LATER)).toEqual({ ...user, locale, updatedAt: LATER });
  });

  it.each([{}, { name: undefined }, { name: 'Ada' }, { locale: undefined }, { locale: null }])(
    'leaves the user alone when %j is nothing new',
    (change) => {
      const user = aUser({ name: 'Ada' });

      expect(changeProfile(user, change as object, LATER)).toBe(user);
    },
  );
});
