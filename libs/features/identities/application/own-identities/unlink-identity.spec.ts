import { describe, expect, it } from 'vitest';
import type { User } from '#features/accounts/domain/user.js';
import { IdentityNotFound, LastSignInMethod } from '../../domain/identity.errors.js';
import { identitiesSetup } from '../../testing/identities-setup.js';
import { anIdentity } from '../../testing/identity.factory.js';
import { UnlinkIdentity } from './unlink-identity.js';

async function setup(overrides: Partial<User> = {}) {
  const { withLockedUser, identities, providers, afterChange, aSignedInUser, anIdentityOf, ...others } =
    identitiesSetup();
  const principal = await aSignedInUser(overrides);
  return {
    principal,
    identities,
    unlink: new UnlinkIdentity(withLockedUser, identities, providers, afterChange),
    linked: (more = {}) => anIdentityOf(principal, more),
    ...others,
  };
}

describe('unlinking', () => {
  it('forgets the identity, and says so in the audit and to the owner', async () => {
    const { principal, identities, audit, jobs, linked, unlink } = await setup();
    const identity = await linked();

    await unlink.execute(principal, identity.id);

    expect(await identities.listOf(principal.id)).toEqual([]);
    expect(audit.recorded).toMatchObject([
      { type: 'identity.unlinked', actorId: principal.id, subjectId: identity.id },
    ]);
    expect(jobs.enqueued).toEqual([
      {
        name: 'identities.send-changed-email',
        payload: { userId: principal.id, issuer: identity.issuer, change: 'unlinked' },
      },
    ]);
  });

  it('leaves the last way to sign in', async () => {
    const { principal, jobs, linked, unlink } = await setup({ passwordHash: null });
    const [first, second] = [await linked(), await linked()];

    await unlink.execute(principal, first.id);

    await expect(unlink.execute(principal, second.id)).rejects.toThrow(LastSignInMethod);
    expect(jobs.enqueued).toHaveLength(1);
  });

  it('does not count a provider where nobody can sign in any more', async () => {
    const { principal, linked, unlink } = await setup({ passwordHash: null });
    const [usable, gone] = [await linked(), await linked({ issuer: 'https://gone.example.test' })];

    await expect(unlink.execute(principal, usable.id)).rejects.toThrow(LastSignInMethod);
    await expect(unlink.execute(principal, gone.id)).resolves.toBeUndefined();
  });

  it("does not find somebody else's", async () => {
    const { principal, identities, unlink } = await setup();
    const foreign = anIdentity();
    await identities.add(foreign);

    await expect(unlink.execute(principal, foreign.id)).rejects.toThrow(IdentityNotFound);
    expect(await identities.find(foreign)).toEqual(foreign);
  });
});
