import { expect, it } from 'vitest';
import { EmailTaken } from '../../domain/user.errors.js';
import { accountsSetup } from '../../testing/accounts-setup.js';
import { aUser } from '../../testing/user.factory.js';

it('stores a user, on record, and tells of it', async () => {
  const { addUser, users, audit, events } = accountsSetup();
  const user = aUser();

  await addUser.execute(user, { actorId: user.id });

  expect(await users.findById(user.id)).toEqual(user);
  expect(audit.recorded).toEqual([{ type: 'user.created', actorId: user.id, subjectId: user.id }]);
  expect(events.published).toEqual([{ name: 'user.registered', payload: { userId: user.id } }]);
});

it('tells nobody of one whose address is taken', async () => {
  const { addUser, users, events } = accountsSetup();
  const user = aUser();
  await users.add(user);

  await expect(addUser.execute(aUser({ email: user.email }))).rejects.toThrow(EmailTaken);
  expect(events.published).toEqual([]);
});
