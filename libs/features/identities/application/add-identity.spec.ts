import { expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { newId } from '#platform/kernel/values/ids.js';
import { IdentityLinkedElsewhere } from '../domain/identity.errors.js';
import { identitiesSetup } from '../testing/identities-setup.js';
import { anExternalAccount } from '../testing/identity.factory.js';

it('lets the external account sign the user in from now on, and tells the owner', async () => {
  const { addIdentity, identities, jobs, clock, aSignedInUser } = identitiesSetup();
  const [{ id: userId }, account] = [await aSignedInUser(), anExternalAccount()];

  const identity = await addIdentity.execute(account, { userId, isNew: false });

  const { issuer, subject, email } = account;
  expect(identity).toEqual({ id: expect.any(String), userId, issuer, subject, email, createdAt: clock.now() });
  expect(await identities.find(account)).toEqual(identity);
  expect(jobs.enqueued).toHaveLength(1);
});

it('sends no mail about an account that is new itself', async () => {
  const { addIdentity, jobs, aSignedInUser } = identitiesSetup();
  const { id: userId } = await aSignedInUser();

  await addIdentity.execute(anExternalAccount(), { userId, isNew: true });

  expect(jobs.enqueued).toEqual([]);
});

it('links neither what is linked already nor to a user who is gone', async () => {
  const { addIdentity, jobs, audit, aSignedInUser, anIdentityOf } = identitiesSetup();
  const [owner, other] = [await aSignedInUser(), await aSignedInUser()];
  const { issuer, subject } = await anIdentityOf(owner);

  await expect(
    addIdentity.execute(anExternalAccount({ issuer, subject }), { userId: other.id, isNew: false }),
  ).rejects.toThrow(IdentityLinkedElsewhere);
  await expect(addIdentity.execute(anExternalAccount(), { userId: newId(), isNew: false })).rejects.toThrow(
    UserNotFound,
  );
  expect([jobs.enqueued, audit.recorded]).toEqual([[], []]);
});
