import { describe, expect, it } from 'vitest';
import { FindRecipient } from '#features/accounts/index.js';
import { InMemoryAccountsRepository } from '#features/accounts/testing/repositories/in-memory-accounts.repository.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ISSUER } from '../testing/identity.factory.js';
import { RecordedIdentityMailer } from '../testing/recorded-identity-mailer.js';
import { SendIdentityChangedEmailHandler } from './send-identity-changed-email.handler.js';

const CONTEXT = { id: 'job-1', attempt: 1, signal: new AbortController().signal };

async function setup() {
  const [users, mailer, user] = [
    new InMemoryAccountsRepository(),
    new RecordedIdentityMailer(),
    aUser({ locale: 'de' }),
  ];
  await users.add(user);
  return { mailer, user, handler: new SendIdentityChangedEmailHandler(new FindRecipient(users), mailer) };
}

describe('the notice about a way to sign in', () => {
  it.each(['linked', 'unlinked'] as const)('goes to the owner of the account when one was %s', async (change) => {
    const { handler, mailer, user } = await setup();

    await handler.handle({ userId: user.id, issuer: ISSUER, change }, CONTEXT);

    expect(mailer.sent).toEqual([
      { mail: change, email: user.email, locale: 'de', issuer: ISSUER, messageId: 'job-1' },
    ]);
  });

  it('is not sent when the account is gone', async () => {
    const { handler, mailer } = await setup();

    await handler.handle({ userId: newId(), issuer: ISSUER, change: 'linked' }, CONTEXT);

    expect(mailer.sent).toEqual([]);
  });
});
