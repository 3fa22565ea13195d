import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { IdentitiesRepository } from '../application/identities.repository.js';
import { IdentityLinkedElsewhere } from '../domain/identity.errors.js';
import { anIdentity } from './identity.factory.js';

type Context = { identities: IdentitiesRepository; aUserId: () => Promise<string> };

/** Runs against the fake and against Postgres, so that a use case tested on the fake means something. */
export function describeIdentitiesRepository(name: string, create: () => Context): void {
  describe(name, () => {
    it('finds an identity by issuer and subject, as it was added', async () => {
      const { identities, aUserId } = create();
      const identity = anIdentity({ userId: await aUserId(), email: null });

      await identities.add(identity);

      expect(await identities.find(identity)).toEqual(identity);
    });

    it('keeps the same subject at two issuers apart', async () => {
      const { identities, aUserId } = create();
      const identity = anIdentity({ userId: await aUserId() });
      await identities.add(identity);

      expect(await identities.find({ ...identity, issuer: 'https://other.example.test' })).toBeNull();
      expect(await identities.find({ ...identity, subject: identity.subject.toUpperCase() })).toBeNull();
    });

    it('links an external account once, also when another user asks', async () => {
      const { identities, aUserId } = create();
      const identity = anIdentity({ userId: await aUserId() });
      await identities.add(identity);

      await expect(identities.add({ ...identity, id: newId() })).rejects.toThrow(IdentityLinkedElsewhere);
      await expect(identities.add({ ...identity, id: newId(), userId: await aUserId() })).rejects.toThrow(
        IdentityLinkedElsewhere,
      );
    });

    it('links an external account once when many ask at the same time', async () => {
      const { identities, aUserId } = create();
      const { issuer, subject } = anIdentity();
      const attempts = await Promise.all(
        Array.from({ length: 10 }, async () => anIdentity({ issuer, subject, userId: await aUserId() })),
      );

      const added = await Promise.allSettled(attempts.map((attempt) => identities.add(attempt)));

      expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it("lists a user's in the order in which they were linked, and nobody else's", async () => {
      const { identities, aUserId } = create();
      const userId = await aUserId();
      const [first, second] = [anIdentity({ userId }), anIdentity({ userId })];
      for (const identity of [second, first, anIdentity({ userId: await aUserId() })]) await identities.add(identity);

      expect(await identities.listOf(userId)).toEqual([first, second]);
    });

    it('forgets what was removed, and can link it again', async () => {
      const { identities, aUserId } = create();
      const identity = anIdentity({ userId: await aUserId() });
      await identities.add(identity);

      await identities.remove(identity.id);

      expect(await identities.find(identity)).toBeNull();
      await expect(identities.add(identity)).resolves.toBeUndefined();
    });
  });
}
