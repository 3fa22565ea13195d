import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { FindRecipient } from '../application/profile/find-recipient.js';
import { RecordedAccountMailer } from '../testing/recorded-account-mailer.js';
import { InMemoryAccountsRepository } from '../testing/repositories/in-memory-accounts.repository.js';
import { aUser } from '../testing/user.factory.js';
import { SendPasswordChangedEmailHandler } from './send-password-changed-email.handler.js';

const RUN = { id: 'a-job', attempt: 2, signal: new AbortController().signal };

async function setup() {
  const [users, mailer, user] = [new InMemoryAccountsRepository(), new RecordedAccountMailer(), aUser()];
  await users.add(user);
  return { mailer, user, handler: new SendPasswordChangedEmailHandler(new FindRecipient(users), mailer) };
}

describe('the notice of a new password', () => {
  it('goes to the owner of the account, under the id of the job', async () => {
    const { mailer, user, handler } = await setup();

    await handler.handle({ userId: user.id }, RUN);

    expect(mailer.sent).toEqual([{ mail: 'password changed', email: user.email, messageId: RUN.id }]);
  });

  it('is not sent when the account is gone', async () => {
    const { mailer, handler } = await setup();

    await handler.handle({ userId: newId() }, RUN);

    expect(mailer.sent).toEqual([]);
  });
});
