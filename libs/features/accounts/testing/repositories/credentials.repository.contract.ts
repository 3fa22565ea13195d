import { describe, expect, it } from 'vitest';
import type { AccountsRepository } from '../../application/accounts.repository.js';
import { CredentialsChanged, type CredentialsRepository } from '../../application/passwords/credentials.repository.js';
import type { RegistrationsRepository } from '../../application/registration/registrations.repository.js';
import type { User } from '../../domain/user.js';
import { anEmail, aRegistration, aUser, hoursAfterNow, NOW } from '../user.factory.js';

type Repositories = {
  credentials: CredentialsRepository;
  accounts: AccountsRepository;
  registrations: RegistrationsRepository;
};

export function describeCredentialsRepository(name: string, create: () => Repositories): void {
  describe(name, () => {
    it("finds a user's", async () => {
      const { credentials, accounts } = create();
      const [active, disabled, elsewhere] = [aUser(), aUser({ status: 'disabled' }), aUser({ passwordHash: null })];
      for (const user of [active, disabled, elsewhere]) await accounts.add(user);

      const find = ({ email }: User) => credentials.findByEmail(email, NOW);
      expect(await find(active)).toEqual({
        userId: active.id,
        passwordHash: active.passwordHash,
        isDisabled: false,
        registeredHash: null,
      });
      expect(await find(disabled)).toEqual({
        userId: disabled.id,
        passwordHash: disabled.passwordHash,
        isDisabled: true,
        registeredHash: null,
      });
      expect(await find(elsewhere)).toEqual({
        userId: elsewhere.id,
        passwordHash: null,
        isDisabled: false,
        registeredHash: null,
      });
    });

    it('finds those of the latest registration while there is no user', async () => {
      const { credentials, registrations } = create();
      const email = anEmail();
      for (const passwordHash of ['first', 'second']) await registrations.add(aRegistration({ email, passwordHash }));

      expect(await credentials.findByEmail(email, NOW)).toEqual({
        userId: null,
        passwordHash: null,
        isDisabled: false,
        registeredHash: 'second',
      });
    });

    it("finds what others register with the address of a user beside the user's", async () => {
      const { credentials, accounts, registrations } = create();
      const user = aUser();
      await accounts.add(user);
      await registrations.add(aRegistration({ email: user.email, passwordHash: 'planted' }));

      expect(await credentials.findByEmail(user.email, NOW)).toMatchObject({
        userId: user.id,
        passwordHash: user.passwordHash,
        registeredHash: 'planted',
      });
    });

    it('finds nothing for an unknown address or an expired registration', async () => {
      const { credentials, registrations } = create();
      const registration = aRegistration({ expiresAt: hoursAfterNow(1) });
      await registrations.add(registration);

      expect(await credentials.findByEmail(registration.email, hoursAfterNow(1))).toBeNull();
      expect(await credentials.findByEmail(anEmail(), NOW)).toBeNull();
    });

    it('works on with credentials that are still good', async () => {
      const { credentials, accounts } = create();
      const user = aUser();
      await accounts.add(user);
      const found = (await credentials.findByEmail(user.email, NOW))!;

      expect(await credentials.whileUnchanged(found, async () => 'signed in')).toBe('signed in');
    });

    it.each<[string, Partial<User>]>([
      ['the password has changed', { passwordHash: 'another' }],
      ['the password was removed', { passwordHash: null }],
      ['the user was disabled', { status: 'disabled' }],
    ])('does not begin when %s since they were read', async (_, change) => {
      const { credentials, accounts } = create();
      const user = aUser();
      await accounts.add(user);
      const found = (await credentials.findByEmail(user.email, NOW))!;
      await accounts.update(user.id, (current) => ({ ...current, ...change }));

      await expect(credentials.whileUnchanged(found, async () => 'signed in')).rejects.toThrow(CredentialsChanged);
    });

    it('stores another hash of the same password, and nothing over a changed one', async () => {
      const { credentials, accounts } = create();
      const user = aUser();
      await accounts.add(user);
      const read = { userId: user.id, passwordHash: user.passwordHash!, isDisabled: false, registeredHash: null };

      expect(await credentials.renewHash(read, 'stronger')).toBe(true);
      for (const late of ['stronger', 'strongest']) expect(await credentials.renewHash(read, late)).toBe(false);

      expect(await accounts.findById(user.id)).toEqual({ ...user, passwordHash: 'stronger' });
    });
  });
}
