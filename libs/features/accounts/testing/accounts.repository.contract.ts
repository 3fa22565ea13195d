import { describe, expect, it } from '@jest/globals';
import { UserNotFound } from '#features/users/index.js';
import { newId } from '#platform/kernel/ids.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import type { AccountsRepository } from '../application/accounts.repository.js';
import type { Account } from '../domain/account.js';
import { anAccount } from './account.factory.js';

type Setup = (clock: StoppedClock) => { accounts: AccountsRepository; add: (account: Account) => Promise<unknown> };

/** Runs against the fake and against Postgres, so a use case tested on the fake means something. */
export function describeAccountsRepository(name: string, create: Setup): void {
  const setup = () => {
    const clock = new StoppedClock();
    return { ...create(clock), clock };
  };

  describe(name, () => {
    it('finds an account with its roles, and nothing where nothing is', async () => {
      const { accounts, add } = setup();
      const account = anAccount({ roles: ['admin', 'user'] });
      await add(account);

      expect(await accounts.find(account.id)).toEqual(account);
      expect(await accounts.find(newId())).toBeNull();
    });

    it('lists the newest first, page by page', async () => {
      const { accounts, add } = setup();
      const prefix = `p${newId()}`;
      const added = ['a', 'b', 'c'].map((letter) => anAccount({ email: `${prefix}-${letter}@example.test` }));
      for (const account of added) await add(account);

      const first = await accounts.list({ query: prefix }, { limit: 2, after: null });
      const second = await accounts.list({ query: prefix }, { limit: 2, after: first.next });

      expect([...first.items, ...second.items]).toEqual([...added].reverse());
      expect(second.next).toBeNull();
    });

    it('finds addresses by how they begin, literally, and accounts by their id', async () => {
      const { accounts, add } = setup();
      const mark = `m${newId()}`;
      const [plain, special] = [
        anAccount({ email: `${mark}x@example.test` }),
        anAccount({ email: `${mark}_ü@example.test` }),
      ];
      for (const account of [plain, special]) await add(account);
      const found = async (query: string) =>
        (await accounts.list({ query }, { limit: 10, after: null })).items.map(({ id }) => id);

      expect(await found(`${mark}_`)).toEqual([special.id]);
      expect(await found(`${mark}_ü`)).toEqual([special.id]);
      expect(await found(`${mark}%`)).toEqual([]);
      expect(await found(mark.slice(1))).toEqual([]);
      expect(await found(plain.id)).toEqual([plain.id]);
    });

    it('lists everybody without a filter', async () => {
      const { accounts, add } = setup();
      const account = anAccount();
      await add(account);

      expect((await accounts.list({}, { limit: 100, after: null })).items).toContainEqual(account);
    });

    it('changes what is said, and tells before from after', async () => {
      const { accounts, add, clock } = setup();
      const account = anAccount();
      await add(account);
      clock.pass(60);

      const { before, after } = await accounts.update(account.id, { status: 'disabled' });

      expect(before).toEqual(account);
      expect(after).toEqual({ ...account, status: 'disabled', updatedAt: clock.now() });
      expect(await accounts.find(account.id)).toEqual(after);
    });

    it('removes a name with null, and leaves alone what is not said', async () => {
      const { accounts, add } = setup();
      const account = anAccount();
      await add(account);

      await accounts.update(account.id, { name: null });

      expect(await accounts.find(account.id)).toMatchObject({ name: null, status: 'active' });
    });

    it('is not touched by a change to what is', async () => {
      const { accounts, add, clock } = setup();
      const account = anAccount();
      await add(account);
      clock.pass(60);

      const { after } = await accounts.update(account.id, { name: 'Ada', status: 'active' });

      expect(after).toEqual(account);
    });

    it('finds no removed account', async () => {
      const { accounts, add } = setup();
      const account = anAccount();
      await add(account);

      await accounts.remove(account.id);

      expect(await accounts.find(account.id)).toBeNull();
      expect((await accounts.list({ query: account.email }, { limit: 10, after: null })).items).toEqual([]);
      await expect(accounts.update(account.id, { name: 'x' })).rejects.toThrow(UserNotFound);
      await expect(accounts.remove(account.id)).rejects.toThrow(UserNotFound);
    });

    it('frees the address of a removed account, and finds the new one there', async () => {
      const { accounts, add } = setup();
      const account = anAccount();
      await add(account);
      await accounts.remove(account.id);
      const successor = anAccount({ email: account.email });

      await add(successor);

      expect((await accounts.list({ query: account.email }, { limit: 10, after: null })).items).toEqual([successor]);
      expect(await accounts.find(account.id)).toBeNull();
    });

    it('can remove two accounts that had the same address one after the other', async () => {
      const { accounts, add } = setup();
      const [first, second] = [anAccount(), anAccount()];
      for (const account of [first, { ...second, email: first.email }]) {
        await add(account);
        await accounts.remove(account.id);
      }

      expect(await accounts.find(second.id)).toBeNull();
    });
  });
}
