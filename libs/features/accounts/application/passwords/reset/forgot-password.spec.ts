import { describe, expect, it } from 'vitest';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { MOST_OPEN_RESETS } from '../../../domain/password-reset.js';
import { NEW, OLD, passwordsSetup } from '../../../testing/passwords-setup.js';
import { anEmail } from '../../../testing/user.factory.js';

const ONE_HOUR = 3_600;

describe('asking for a new password', () => {
  it('is the same work for every address, and a mail for owners only', async () => {
    const context = passwordsSetup();
    const disabled = await context.aStoredUser({ status: 'disabled' });

    for (const email of [anEmail(), disabled.email]) {
      await context.forgotPassword.execute(email);
      expect(context.jobs.enqueued).toHaveLength(1);
      await context.runJobs();
    }

    expect(context.mailer.sent).toEqual([]);
  });

  it(`mails at most ${MOST_OPEN_RESETS} working links to one address`, async () => {
    const context = passwordsSetup();
    const { email } = await context.aStoredUser();
    for (let i = 0; i < MOST_OPEN_RESETS + 3; i++) await context.forgotPassword.execute(email);
    await context.runJobs();

    expect(context.resetTokens()).toHaveLength(MOST_OPEN_RESETS);
    context.clock.pass(ONE_HOUR);
    await context.aMailedToken(email);
    expect(context.resetTokens()).toHaveLength(MOST_OPEN_RESETS + 1);
  });

  it('mails nothing when the password was replaced meanwhile', async () => {
    const context = passwordsSetup();
    const { id, email } = await context.aStoredUser();
    await context.forgotPassword.execute(email);
    const late = context.jobs.enqueued.splice(0);
    await context.changePassword.execute(aPrincipal({ id }), { currentPassword: OLD, newPassword: NEW });

    context.jobs.enqueued.push(...late);
    await context.runJobs();

    expect(context.resetTokens()).toEqual([]);
  });
});
