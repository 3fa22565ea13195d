import { describe, expect, it } from '@jest/globals';
import { toExternalAccount } from './external-claims.js';

const read = (claims: object) => toExternalAccount('https://provider.example.test', { sub: '1', ...claims });

describe('the claims of a provider', () => {
  it('are read', () => {
    expect(read({ email: 'ada@example.test', email_verified: true, name: ' Ada ' })).toEqual({
      issuer: 'https://provider.example.test', subject: '1', email: 'ada@example.test', isEmailVerified: true, name: 'Ada',
    });
  });

  it.each([undefined, false, 'false', 'yes', 1, null, [true]])('vouch for no address with email_verified %j', (email_verified) => {
    expect(read({ email: 'ada@example.test', email_verified })).toMatchObject({ isEmailVerified: false });
  });

  it.each([undefined, null, 7, '', 'nowhere', 'a@example.test, b@example.test', `${'a'.repeat(250)}@example.test`])('hold no address when it is %j', (email) => {
    expect(read({ email, email_verified: true }).email).toBeNull();
  });

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
