import { describe, expect, it } from '@jest/globals';
import { aRegistration, aUser, hoursAfterNow, NOW } from '../testing/user.factory.js';
import { register, requireCurrent } from './registration.js';
import { changeProfile, newVerifiedUser } from './user.js';
import { EmailTokenInvalid } from './user.errors.js';

const LATER = hoursAfterNow(1);

describe('a registration', () => {
  it('waits three days for its link to be opened', () => {
    const registration = register({ email: 'ada@example.test', name: 'Ada', passwordHash: 'hash' }, 'an-id', NOW);

    expect(registration).toEqual({ id: 'an-id', email: 'ada@example.test', name: 'Ada', passwordHash: 'hash', createdAt: NOW, expiresAt: hoursAfterNow(72) });
    expect(() => requireCurrent(registration, new Date(hoursAfterNow(72).getTime() - 1))).not.toThrow();
    expect(() => requireCurrent(registration, hoursAfterNow(72))).toThrow(EmailTokenInvalid);
  });

  it('becomes an active user with a verified address', () => {
    const { email, name, passwordHash, ...registration } = aRegistration({ name: 'Ada' });

    expect(newVerifiedUser({ ...registration, email, name, passwordHash }, 'a-user', LATER)).toEqual({
      id: 'a-user',
      email,
      emailVerifiedAt: LATER,
      name,
      passwordHash,
      status: 'active',
      createdAt: LATER,
      updatedAt: LATER,
    });
  });
});

describe('changeProfile', () => {
  it.each(['Grace', null])('changes the name to %p', (name) => {
    const user = aUser();

    expect(changeProfile(user, { name }, LATER)).toEqual({ ...user, name, updatedAt: LATER });
  });

  it.each([{}, { name: undefined }, { name: 'Ada' }])('leaves the user alone when %j is nothing new', (change) => {
    const user = aUser({ name: 'Ada' });

    expect(changeProfile(user, change as object, LATER)).toBe(user);
  });
});
