import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { AccountsRepository } from '../../application/accounts.repository.js';
import { EmailTaken, UserNotFound } from '../../domain/user.errors.js';
import { aUser, hoursAfterNow } from '../user.factory.js';

/** Runs against the fake and against Postgres, so that a use case tested on the fake means something. */
export function describeAccountsRepository(name: string, create: () => AccountsRepository): void {
  describe(name, () => {
    it('finds a user by id and by address, as it was added', async () => {
      const users = create();
      const user = aUser({
        name: null,
        locale: 'de',
        passwordHash: null,
        emailVerifiedAt: null,
        status: 'disabled',
        updatedAt: hoursAfterNow(1),
      });

      await users.add(user);

      expect(await users.findById(user.id)).toEqual(user);
      expect(await users.findByEmail(user.email)).toEqual(user);
    });

    it('finds nobody else', async () => {
      const users = create();

      expect(await users.findById(newId())).toBeNull();
      expect(await users.findByEmail('nobody@example.test')).toBeNull();
    });

    it('gives an address to one user only', async () => {
      const users = create();
      const user = aUser();
      await users.add(user);

      await expect(users.add(aUser({ email: user.email }))).rejects.toThrow(EmailTaken);
      expect(await users.findByEmail(user.email)).toEqual(user);
    });

    it('gives an address to one user only when many ask at once', async () => {
      const users = create();
      const { email } = aUser();

      const added = await Promise.allSettled(Array.from({ length: 10 }, () => users.add(aUser({ email }))));

      expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('saves what an update returns', async () => {
      const users = create();
      const user = aUser();
      await users.add(user);

      const updated = await users.update(user.id, (current) => ({
        ...current,
        name: 'Grace',
        updatedAt: hoursAfterNow(1),
      }));

      expect(updated).toEqual({ ...user, name: 'Grace', updatedAt: hoursAfterNow(1) });
      expect(await users.findById(user.id)).toEqual(updated);
    });

    it('loses no update when many arrive at once', async () => {
      const users = create();
      const user = aUser({ name: '' });
      await users.add(user);

      await Promise.all(
        Array.from({ length: 10 }, () =>
          users.update(user.id, (current) => ({ ...current, name: `${current.name}x` })),
        ),
      );

      expect((await users.findById(user.id))?.name).toBe('x'.repeat(10));
    });

    it('shows a locked user as they are, and nobody for an unknown id', async () => {
      const users = create();
      const user = aUser();
      await users.add(user);

      expect(await users.lock(user.id)).toEqual(user);
      expect(await users.lock(newId())).toBeNull();
    });

    it('writes nothing when the change throws', async () => {
      const users = create();
      const user = aUser();
      await users.add(user);

      const refuse = () => {
        throw new Error('refused');
      };
      await expect(users.update(user.id, refuse)).rejects.toThrow('refused');

      expect(await users.findById(user.id)).toEqual(user);
    });

    it('cannot update somebody who is not there', async () => {
      await expect(create().update(newId(), (user) => user)).rejects.toThrow(UserNotFound);
    });
  });
}
