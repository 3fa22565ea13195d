import { describe, expect, it } from 'vitest';
import { anExternalAccount, anIdentity, NOW } from '../testing/identity.factory.js';
import { IdentityNotLinked, LastSignInMethod } from './identity.errors.js';
import { link, requireAnotherWayIn, requireVouchedEmail } from './identity.js';

describe('a linked external account', () => {
  it('keeps issuer, subject and address, and no name', () => {
    const account = anExternalAccount();
    const { issuer, subject, email } = account;

    expect(link(account, 'a-user', 'an-id', NOW)).toEqual({
      id: 'an-id',
      userId: 'a-user',
      issuer,
      subject,
      email,
      createdAt: NOW,
    });
  });
});

describe('an address', () => {
  it('leads to a user when the provider vouches for it', () => {
    expect(requireVouchedEmail(anExternalAccount({ email: 'ada@example.test' }))).toBe('ada@example.test');
  });

  it.each([{ isEmailVerified: false }, { email: null }])('leads nowhere with %j', (overrides) => {
    expect(() => requireVouchedEmail(anExternalAccount(overrides))).toThrow(IdentityNotLinked);
  });
});

describe('an identity', () => {
  const [identity, another] = [anIdentity(), anIdentity()];

  it.each([
    ['there is a password', { hasPassword: true, usableIdentities: [identity] }],
    ['another one can be used', { hasPassword: false, usableIdentities: [identity, another] }],
    ['it cannot be used any more, and another one can', { hasPassword: false, usableIdentities: [another] }],
  ])('may go when %s', (_, methods) => {
    expect(() => requireAnotherWayIn(identity, methods)).not.toThrow();
  });

  it('may not go when it is the last way to sign in', () => {
    expect(() => requireAnotherWayIn(identity, { hasPassword: false, usableIdentities: [identity] })).toThrow(
      LastSignInMethod,
    );
  });
});
