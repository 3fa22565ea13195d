import { afterAll, describe, expect, it } from '@jest/globals';
import { HoldAccount } from '#features/users/index.js';
import { PrismaUsersRepository } from '#features/users/infrastructure/prisma-users.repository.js';
import { aUser } from '#features/users/testing/user.factory.js';
import { aPrincipal } from '#platform/testing/http-app.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { testDatabase } from '#platform/testing/test-database.js';
import { UnlinkIdentity } from './application/unlink-identity.js';
import { PrismaIdentitiesRepository } from './infrastructure/prisma-identities.repository.js';
import { FakeIdentityProviders } from './testing/fake-identity-providers.js';
import { anIdentity } from './testing/identity.factory.js';

const database = testDatabase();
afterAll(() => database.onApplicationShutdown());

describe('unlinking', () => {
  it('leaves one identity when all are unlinked at the same moment', async () => {
    const users = new PrismaUsersRepository(database);
    const identities = new PrismaIdentitiesRepository(database);
    const unlinkIdentity = new UnlinkIdentity(new HoldAccount(database, users), identities, new FakeIdentityProviders(), new RecordedAudit());
    const user = aUser({ passwordHash: null });
    await users.add(user);
    const linked = Array.from({ length: 8 }, () => anIdentity({ userId: user.id }));
    for (const identity of linked) await identities.add(identity);

    const unlinked = await Promise.allSettled(linked.map(({ id }) => unlinkIdentity.execute(aPrincipal({ id: user.id }), id)));

    expect(unlinked.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await identities.listOf(user.id)).toHaveLength(1);
  });
});
