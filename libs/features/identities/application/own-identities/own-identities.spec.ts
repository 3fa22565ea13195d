import { describe, expect, it } from '@jest/globals';
import type { User } from '#features/accounts/domain/user.js';
import { WithLockedUser } from '#features/accounts/index.js';
import { InMemoryAccountsRepository } from '#features/accounts/testing/in-memory-accounts.repository.js';
import { aUser } from '#features/accounts/testing/user.factory.js';
import { PermissionDenied } from '#platform/kernel/access/principal.js';
import { ImmediateTransaction } from '#platform/testing/immediate-transaction.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { IdentityNotFound, LastSignInMethod } from '../../domain/identity.errors.js';
import { FakeIdentityProviders } from '../../testing/fake-identity-providers.js';
import { anIdentity } from '../../testing/identity.factory.js';
import { InMemoryIdentitiesRepository } from '../../testing/in-memory-identities.repository.js';
import { AfterIdentityChange } from '../after-identity-change.js';
import { ListIdentities } from './list-identities.js';
import { UnlinkIdentity } from './unlink-identity.js';

async function setup(overrides: Partial<User> = {}) {
  const user = aUser(overrides);
  const users = new InMemoryAccountsRepository();
  await users.add(user);
  const identities = new InMemoryIdentitiesRepository();
  const [audit, jobs] = [new RecordedAudit(), new RecordedJobs()];
  const providers = new FakeIdentityProviders();
  const transaction = new ImmediateTransaction();
  const linked = async (more: object = {}) => {
    const identity = anIdentity({ userId: user.id, ...more });
    await identities.add(identity);
    return identity;
  };
  return {
    principal: aPrincipal({ id: user.id }),
    identities,
    audit,
    jobs,
    linked,
    list: new ListIdentities(identities, providers),
    unlink: new UnlinkIdentity(
      new WithLockedUser(transaction, users),
      identities,
      providers,
      new AfterIdentityChange(jobs, audit),
    ),
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

describe('own identities', () => {
  it('are listed with the provider at which they still work', async () => {
    const { principal, linked, list } = await setup();
    const [usable, gone] = [await linked(), await linked({ issuer: 'https://gone.example.test' })];

    expect(await list.execute(principal)).toEqual([
      { ...usable, provider: 'acme' },
      { ...gone, provider: null },
    ]);
  });

  it('are not for API keys', async () => {
    const { principal, linked, list, unlink } = await setup();
    const { id } = await linked();
    const key = { ...principal, kind: 'api-key' as const, sessionId: null };

    await expect(list.execute(key)).rejects.toThrow(PermissionDenied);
    await expect(unlink.execute(key, id)).rejects.toThrow(PermissionDenied);
  });
});
