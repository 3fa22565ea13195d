import { expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { FindRecipient } from './find-recipient.js';

it('tells other features where to write, and nothing more', async () => {
  const { users, aStoredUser } = accountsSetup();
  const { id, email, name, locale } = await aStoredUser({ locale: 'de' });
  const findRecipient = new FindRecipient(users);

  expect(await findRecipient.execute(id)).toEqual({ email, name, locale });
  expect(await findRecipient.execute(newId())).toBeNull();
});
