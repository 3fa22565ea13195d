import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { MOST_OPEN_RESETS } from '../domain/password-reset.js';
import type { User } from '../domain/user.js';
import { RecordedAccountMailer } from '../testing/recorded-account-mailer.js';
import { InMemoryAccountsRepository } from '../testing/repositories/in-memory-accounts.repository.js';
import { InMemoryPasswordResetsRepository } from '../testing/repositories/in-memory-password-resets.repository.js';
import { aPasswordReset, aUser, hoursAfterNow, NOW } from '../testing/user.factory.js';
import { SendPasswordResetEmailHandler } from './send-password-reset-email.handler.js';

const RUN = { id: 'a-job', attempt: 2, signal: new AbortController().signal };

async function setup(overrides: Partial<User> = {}) {
  const [users, resets, mailer] = [
    new InMemoryAccountsRepository(),
    new InMemoryPasswordResetsRepository(),
    new RecordedAccountMailer(),
  ];
  const user = aUser(overrides);
  await users.add(user);
  /** Somebody asks for a new password. */
  const ask = async (email: string, more: object = {}) => {
    const reset = aPasswordReset({ email, ...more });
    await resets.add(reset);
    return reset.id;
  };
  return {
    user,
    resets,
    mailer,
    ask,
    handler: new SendPasswordResetEmailHandler(resets, users, mailer, new StoppedClock(NOW)),
  };
}

describe('the link to a new password', () => {
  it('goes to the owner of the account, under the id of the job', async () => {
    const { user, mailer, ask, handler } = await setup();
    const resetId = await ask(user.email);

    await handler.handle({ resetId }, RUN);

    expect(mailer.sent).toEqual([{ mail: 'password reset', email: user.email, resetId, messageId: RUN.id }]);
  });

  it.each([
    ['the address has no account', {}, 'nobody@example.test'],
    ['the account is disabled', { status: 'disabled' as const }, undefined],
  ])('is void, and nobody gets a mail, when %s', async (_, overrides, email) => {
    const { user, resets, mailer, ask, handler } = await setup(overrides);
    const resetId = await ask(email ?? user.email);

    await handler.handle({ resetId }, RUN);

    expect(mailer.sent).toEqual([]);
    expect(await resets.findById(resetId)).toBeNull();
  });

  it(`is void when ${MOST_OPEN_RESETS} earlier ones still work`, async () => {
    const { user, resets, mailer, ask, handler } = await setup();
    for (let earlier = 0; earlier < MOST_OPEN_RESETS; earlier++) await ask(user.email);
    const resetId = await ask(user.email);

    await handler.handle({ resetId }, RUN);

    expect(mailer.sent).toEqual([]);
    expect(await resets.findById(resetId)).toBeNull();
  });

  it('is not mailed when the password was replaced meanwhile, or the mail would come too late', async () => {
    const { user, mailer, ask, handler } = await setup();

    await handler.handle({ resetId: newId() }, RUN);
    await handler.handle({ resetId: await ask(user.email, { createdAt: hoursAfterNow(-1), expiresAt: NOW }) }, RUN);

    expect(mailer.sent).toEqual([]);
  });
});
