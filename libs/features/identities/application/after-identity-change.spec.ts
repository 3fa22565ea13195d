import { expect, it } from 'vitest';
import { identitiesSetup } from '../testing/identities-setup.js';
import { anIdentity } from '../testing/identity.factory.js';

it('puts the change on record and tells the owner by mail, without the address', async () => {
  const { afterChange, audit, jobs } = identitiesSetup();
  const identity = anIdentity();
  const { id, userId, issuer } = identity;

  await afterChange.execute(identity, 'unlinked');

  expect(audit.recorded).toEqual([{ type: 'identity.unlinked', actorId: userId, subjectId: id, details: { issuer } }]);
  expect(jobs.enqueued).toEqual([
    { name: 'identities.send-changed-email', payload: { userId, issuer, change: 'unlinked' } },
  ]);
  expect(JSON.stringify([audit.recorded, jobs.enqueued])).not.toContain(identity.email);
});

it('sends no mail to somebody who has just got the account by it', async () => {
  const { afterChange, audit, jobs } = identitiesSetup();

  await afterChange.execute(anIdentity(), 'linked', true);

  expect(audit.recorded).toMatchObject([{ type: 'identity.linked' }]);
  expect(jobs.enqueued).toEqual([]);
});
