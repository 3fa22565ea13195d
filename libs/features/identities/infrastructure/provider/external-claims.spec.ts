import { describe, expect, it } from 'vitest';
import { nameInForm, toExternalAccount } from './external-claims.js';

const USUAL = { emailVerifiedClaim: 'email_verified', trustsEmail: false };
const read = (claims: object, vouching = USUAL) =>
  toExternalAccount({ iss: 'https://provider.example.test', sub: '1', ...claims }, vouching);

describe('the claims of a provider', () => {
  it('are read', () => {
    expect(read({ email: 'ada@example.test', email_verified: true, name: ' Ada ' })).toEqual({
      issuer: 'https://provider.example.test',
      subject: '1',
      email: 'ada@example.test',
      isEmailVerified: true,
      name: 'Ada',
    });
  });

  it.each([undefined, false, 'false', 'yes', 1, null, [true]])(
    'vouch for no address with email_verified %j',
    (email_verified) => {
      expect(read({ email: 'ada@example.test', email_verified })).toMatchObject({ isEmailVerified: false });
    },
  );

  it.each([true, 'true', 1, '1'])('vouch for an address with the claim of the configuration: %j', (xms_edov) => {
    expect(
      read({ email: 'ada@example.test', xms_edov }, { ...USUAL, emailVerifiedClaim: 'xms_edov' }).isEmailVerified,
    ).toBe(true);
  });

  it.each([{}, { xms_edov: false }, { xms_edov: '0' }, { email_verified: true }])(
    'vouch for none without that claim: %j',
    (claimed) => {
      expect(
        read({ email: 'ada@example.test', ...claimed }, { ...USUAL, emailVerifiedClaim: 'xms_edov' }).isEmailVerified,
      ).toBe(false);
    },
  );

  it('vouch for every address of a provider whose addresses are trusted, unless it says the opposite', () => {
    const trusting = { ...USUAL, trustsEmail: true };

    expect(read({ email: 'ada@example.test' }, trusting).isEmailVerified).toBe(true);
    for (const email_verified of [false, 'false', null])
      expect(read({ email: 'ada@example.test', email_verified }, trusting).isEmailVerified).toBe(false);
  });

  it.each([undefined, null, 7, '', 'nowhere', 'a@example.test, b@example.test', `${'a'.repeat(250)}@example.test`])(
    'hold no address when it is %j',
    (email) => {
      expect(read({ email, email_verified: true }).email).toBeNull();
    },
  );

  it('hold an address in the one form in which addresses are compared', () => {
    expect(read({ email: ' Ada@Müller.example', email_verified: true }).email).toBe('ada@xn--mller-kva.example');
  });

  it.each([undefined, 7, '  ', 'two\nlines', 'a\0b', 'x'.repeat(201)])('hold no name when it is %j', (name) => {
    expect(read({ name }).name).toBeNull();
  });

  it.each([undefined, '', 7, 'x'.repeat(256)])('are of nobody with the subject %j', (sub) => {
    expect(() => read({ sub })).toThrow();
  });
});

describe('the form of a first sign-in at Apple', () => {
  const formWith = (user: string) => nameInForm(new URLSearchParams({ code: 'c', user }).toString());

  it('tells the name', () => {
    expect(formWith('{"name":{"firstName":"Ada","lastName":"Lovelace"},"email":"ada@example.test"}')).toEqual({
      name: 'Ada Lovelace',
    });
    expect(formWith('{"name":{"firstName":"Ada"}}')).toEqual({ name: 'Ada' });
  });

  it.each(['', 'nonsense', 'null', '{}', '{"name":"Ada"}', '{"name":{"firstName":7}}'])(
    'tells nothing with the user %j',
    (user) => {
      expect(formWith(user)).toEqual({});
      expect(nameInForm('code=c')).toEqual({});
    },
  );
});
