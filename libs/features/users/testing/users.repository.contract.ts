import { describe, expect, it } from 'vitest';
import { UserNotFound } from '#features/accounts/index.js';
import { newId } from '#platform/kernel/values/ids.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import type { UsersRepository } from '../application/users.repository.js';
import type { User } from '../domain/user.js';
import { aUser } from './user.factory.js';

type Setup = (clock: StoppedClock) => { users: UsersRepository; add: (user: User) => Promise<unknown> };

/** Runs against the fake and against Postgres, so a use case tested on the fake means something. */
export function describeUsersRepository(name: string, create: Setup): void {
  const setup = () => {
    const clock = new StoppedClock();
    return { ...create(clock), clock };
  };

  describe(name, () => {
    it('finds a user with its roles, and nothing where nothing is', async () => {
      const { users, add } = setup();
      const user = aUser({ roles: ['admin', 'user'] });
      await add(user);

      expect(await users.find(user.id)).toEqual(user);
      expect(await users.find(newId())).toBeNull();
    });

    it('lists the newest first, page by page', async () => {
      const { users, add } = setup();
      const prefix = `p${newId()}`;
      const added = ['a', 'b', 'c'].map((letter) => aUser({ email: `${prefix}-${letter}@example.test` }));
      for (const user of added) await add(user);

      const first = await users.list({ query: prefix }, { limit: 2, after: null });
      const second = await users.list({ query: prefix }, { limit: 2, after: first.next });

      expect([...first.items, ...second.items]).toEqual([...added].reverse());
      expect(second.next).toBeNull();
    });

    it('finds addresses by how they begin, literally, and users by their id', async () => {
      const { users, add } = setup();
      const mark = `m${newId()}`;
      const [plain, special] = [aUser({ email: `${mark}x@example.test` }), aUser({ email: `${mark}_ü@example.test` })];
      for (const user of [plain, special]) await add(user);
      const found = async (query: string) =>
        (await users.list({ query }, { limit: 10, after: null })).items.map(({ id }) => id);

      expect(await found(`${mark}_`)).toEqual([special.id]);
      expect(await found(`${mark}_ü`)).toEqual([special.id]);
      expect(await found(`${mark}%`)).toEqual([]);
      expect(await found(mark.slice(1))).toEqual([]);
      expect(await found(plain.id)).toEqual([plain.id]);
    });

    it('lists everybody without a filter', async () => {
      const { users, add } = setup();
      const user = aUser();
      await add(user);

      expect((await users.list({}, { limit: 100, after: null })).items).toContainEqual(user);
    });

    it('changes what is said, and tells before from after', async () => {
      const { users, add, clock } = setup();
      const user = aUser();
      await add(user);
      clock.pass(60);

      const { before, after } = await users.update(user.id, { status: 'disabled' });

      expect(before).toEqual(user);
      expect(after).toEqual({ ...user, status: 'disabled', updatedAt: clock.now() });
      expect(await users.find(user.id)).toEqual(after);
    });

    it('removes a name with null, and leaves alone what is not said', async () => {
      const { users, add } = setup();
      const user = aUser();
      await add(user);

      await users.update(user.id, { name: null });

      expect(await users.find(user.id)).toMatchObject({ name: null, status: 'active' });
    });

    it('is not touched by a change to what is', async () => {
      const { users, add, clock } = setup();
      const user = aUser();
      await add(user);
      clock.pass(60);

      const { after } = await users.update(user.id, { name: 'Ada', status: 'active' });

      expect(after).toEqual(user);
    });

    it('finds no removed user', async () => {
      const { users, add } = setup();
      const user = aUser();
      await add(user);

      await users.remove(user.id);

      expect(await users.find(user.id)).toBeNull();
      expect((await users.list({ query: user.email }, { limit: 10, after: null })).items).toEqual([]);
      await expect(users.update(user.id, { name: 'x' })).rejects.toThrow(UserNotFound);
      await expect(users.remove(user.id)).rejects.toThrow(UserNotFound);
    });

    it('frees the address of a removed user, and finds the new one there', async () => {
      const { users, add } = setup();
      const user = aUser();
      await add(user);
      await users.remove(user.id);
      const successor = aUser({ email: user.email });

      await add(successor);

      expect((await users.list({ query: user.email }, { limit: 10, after: null })).items).toEqual([successor]);
      expect(await users.find(user.id)).toBeNull();
    });

    it('can remove two users that had the same address one after the other', async () => {
      const { users, add } = setup();
      const [first, second] = [aUser(), aUser()];
      for (const user of [first, { ...second, email: first.email }]) {
        await add(user);
        await users.remove(user.id);
      }

      expect(await users.find(second.id)).toBeNull();
    });
  });
}
