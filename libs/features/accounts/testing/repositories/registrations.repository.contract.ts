import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { RegistrationsRepository } from '../../application/registration/registrations.repository.js';
import { type Registration, renew } from '../../domain/registration.js';
import { EmailTokenInvalid } from '../../domain/user.errors.js';
import { anEmail, aRegistration, hoursAfterNow, NOW } from '../user.factory.js';

export function describeRegistrationsRepository(name: string, create: () => RegistrationsRepository): void {
  /** Attempts for one address, in their order. */
  async function setup(...attempts: Partial<Registration>[]) {
    const registrations = create();
    const email = anEmail();
    const added = attempts.map((overrides) => aRegistration({ email, ...overrides }));
    for (const registration of added.toReversed()) await registrations.add(registration);
    const renewed = async (now = NOW) => {
      const renewal = renew(newId(), now);
      await registrations.renew(email, renewal);
      return registrations.findById(renewal.id);
    };
    return { registrations, email, added, renewed };
  }

  describe(name, () => {
    it('finds a registration as it was added', async () => {
      const { registrations, added } = await setup({ name: 'Ada' });

      expect(await registrations.findById(added[0]!.id)).toEqual(added[0]);
      expect(await registrations.findById(newId())).toBeNull();
    });

    it('finds the latest attempt for an address', async () => {
      const { registrations, email, added } = await setup({}, {});

      expect(await registrations.findLatest(email)).toEqual(added[1]);
      expect(await registrations.findLatest(anEmail())).toBeNull();
    });

    it('renews the registration that waits', async () => {
      const { email, renewed } = await setup({ name: 'Ada', locale: 'de', passwordHash: 'mine' });
      const later = hoursAfterNow(1);

      expect(await renewed(later)).toMatchObject({
        email,
        name: 'Ada',
        locale: 'de',
        passwordHash: 'mine',
        createdAt: later,
        expiresAt: hoursAfterNow(73),
      });
      expect(await renewed(later)).toMatchObject({ name: 'Ada', passwordHash: 'mine' });
    });

    it('renews nothing of the applicant when those of two people may wait, now or later', async () => {
      const { registrations, added, renewed } = await setup(
        { name: 'Ada', locale: 'de', passwordHash: 'mine' },
        { name: 'Mallory', passwordHash: 'planted' },
      );

      expect(await renewed()).toMatchObject({ name: null, locale: null, passwordHash: null });
      expect(await renewed()).toMatchObject({ name: null, passwordHash: null });
      expect(await registrations.findById(added[0]!.id)).toEqual(added[0]);
    });

    it('renews nothing when nobody waits any more', async () => {
      const { renewed } = await setup({ expiresAt: NOW });

      expect(await renewed(NOW)).toBeNull();
    });

    it('counts the earlier attempts for an address', async () => {
      const { registrations, added } = await setup({ createdAt: hoursAfterNow(-1) }, {}, {}, {});
      await registrations.add(aRegistration());

      expect(await registrations.countBefore(added[3]!, hoursAfterNow(-2))).toBe(3);
      expect(await registrations.countBefore(added[3]!, hoursAfterNow(-1))).toBe(2);
      expect(await registrations.countBefore(added[0]!, hoursAfterNow(-2))).toBe(0);
    });

    it('gives a registration away once, and forgets every other attempt for the address', async () => {
      const { registrations, added } = await setup({ name: 'Ada' }, { name: 'Ada again' });
      const [first, second, unrelated] = [added[0]!, added[1]!, aRegistration({ passwordHash: 'of somebody else' })];
      await registrations.add(unrelated);

      expect(await registrations.take(first.id)).toEqual(first);

      for (const id of [first.id, second.id, newId()])
        await expect(registrations.take(id)).rejects.toThrow(EmailTokenInvalid);
      expect(await registrations.findById(unrelated.id)).toEqual(unrelated);
    });

    it.each(['another', null])(
      'gives away neither password nor name when %p waits beside them',
      async (passwordHash) => {
        const { registrations, added } = await setup(
          { name: 'Ada', passwordHash: 'mine' },
          { name: 'Mallory', passwordHash },
        );

        expect(await registrations.take(added[0]!.id)).toEqual({ ...added[0], name: null, passwordHash: null });
      },
    );

    it('gives one registration away when many ask for those of an address at the same time', async () => {
      const { registrations, added } = await setup({}, {}, {}, {}, {});

      const asked = await Promise.allSettled([...added, ...added].map(({ id }) => registrations.take(id)));

      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(asked.filter((answer) => 'reason' in answer && answer.reason instanceof EmailTokenInvalid)).toHaveLength(
        asked.length - 1,
      );
    });
  });
}
