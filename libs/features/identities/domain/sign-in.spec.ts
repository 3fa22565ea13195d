import { describe, expect, it } from 'vitest';
import { anExternalAccount, NOW } from '../testing/identity.factory.js';
import { beginSignIn, confirmSignIn, isExpired } from './sign-in.js';

const REQUEST = { provider: 'acme', redirectUri: 'https://app.example.test/signed-in', codeChallenge: 'a challenge' };
const secondsAfterNow = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

describe('a sign-in', () => {
  it('waits ten minutes for the provider', () => {
    expect(beginSignIn(REQUEST, 'an-id', NOW)).toEqual({ ...REQUEST, id: 'an-id', expiresAt: secondsAfterNow(600) });
  });

  it('that is confirmed waits a minute for the client that began it', () => {
    const account = anExternalAccount();

    expect(confirmSignIn(beginSignIn(REQUEST, 'an-id', NOW), account, 'a-code', NOW)).toEqual({
      id: 'a-code',
      account,
      codeChallenge: REQUEST.codeChallenge,
      expiresAt: secondsAfterNow(60),
    });
  });

  it('has expired from the very instant it names', () => {
    const attempt = beginSignIn(REQUEST, 'an-id', NOW);

    expect([599.999, 600].map((seconds) => isExpired(attempt, secondsAfterNow(seconds)))).toEqual([false, true]);
  });
});
