import { expect, it } from 'vitest';
import { AccountDisabled } from '#features/accounts/index.js';
import { anEmail, aUser } from '../../accounts/testing/user.factory.js';
import { administratorsSetup } from '../testing/administrators-setup.js';

it('makes an account for a new address, invites its owner and makes them an administrator', async () => {
  const { accounts, jobs, createAdministrator, roleNamesOf } = administratorsSetup();
  const email = anEmail();

  const created = await createAdministrator.execute(email);

  expect(created).toEqual({
    userId: (await accounts.findByEmail(email))?.id,
    isNew: true,
    isInvited: true,
    isNewAdministrator: true,
  });
  expect(await roleNamesOf(created.userId)).toEqual(['admin', 'user']);
  expect(jobs.enqueued).toHaveLength(1);
});

it('makes an administrator of somebody who has an account, once', async () => {
  const { accounts, jobs, createAdministrator, roleNamesOf } = administratorsSetup();
  const user = aUser();
  await accounts.add(user);
  const found = { userId: user.id, isNew: false, isInvited: false };

  expect(await createAdministrator.execute(user.email)).toEqual({ ...found, isNewAdministrator: true });
  expect(await createAdministrator.execute(user.email)).toEqual({ ...found, isNewAdministrator: false });

  expect(await roleNamesOf(user.id)).toEqual(['admin', 'user']);
  expect(jobs.enqueued).toEqual([]);
});

it('makes no administrator of a user who is disabled', async () => {
  const { accounts, createAdministrator, roleNamesOf } = administratorsSetup();
  const user = aUser({ status: 'disabled' });
  await accounts.add(user);

  await expect(createAdministrator.execute(user.email)).rejects.toThrow(AccountDisabled);
  expect(await roleNamesOf(user.id)).toEqual(['user']);
});
