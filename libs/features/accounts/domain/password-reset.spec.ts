import { expect, it } from 'vitest';
import { hoursAfterNow, NOW } from '../testing/user.factory.js';
import { isExpired, requestReset } from './password-reset.js';

it('a request for a new password waits an hour for its link to be opened', () => {
  const reset = requestReset('ada@example.test', 'an-id', NOW);

  expect(reset).toEqual({ id: 'an-id', email: 'ada@example.test', createdAt: NOW, expiresAt: hoursAfterNow(1) });
  expect(isExpired(reset, new Date(hoursAfterNow(1).getTime() - 1))).toBe(false);
  expect(isExpired(reset, hoursAfterNow(1))).toBe(true);
});
