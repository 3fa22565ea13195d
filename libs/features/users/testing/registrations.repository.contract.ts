import { describe, expect, it } from '@jest/globals';
import { newId } from '#platform/kernel/ids.js';
import type { RegistrationsRepository } from '../application/registrations.repository.js';
import type { UsersRepository } from '../application/users.repository.js';
import { admit } from '../domain/user.js';
import { EmailTaken, EmailTokenInvalid } from '../domain/user.errors.js';
import type { Registration } from '../domain/registration.js';
import { anEmail, aRegistration, aUser, NOW } from './user.factory.js';

type Repositories = { registrations: RegistrationsRepository; users: UsersRepository };

const asUser = (registration: Registration) => admit(registration, newId(), NOW);

export function describeRegistrationsRepository(name: string, create: () => Repositories): void {
  describe(name, () => {
    it('finds a registration as it was added', async () => {
      const { registrations } = create();
      const registration = aRegistration({ name: 'Ada' });

      await registrations.add(registration);

      expect(await registrations.findById(registration.id)).toEqual(registration);
      expect(await registrations.findById(newId())).toBeNull();
    });

    it('keeps every attempt for an address, and finds the latest', async () => {
      const { registrations } = create();
      const email = anEmail();
      const [first, second] = [aRegistration({ email }), aRegistration({ email })];
      await registrations.add(second);
      await registrations.add(first);

      expect(await registrations.findLatest(email)).toEqual(second);
      expect(await registrations.findById(first.id)).toEqual(first);
      expect(await registrations.findLatest(anEmail())).toBeNull();
    });

    it('turns a confirmed registration into a user and forgets every other attempt for the address', async () => {
      const { registrations, users } = create();
      const email = anEmail();
      const [mine, planted, unrelated] = [aRegistration({ email, passwordHash: 'mine' }), aRegistration({ email, passwordHash: 'planted' }), aRegistration()];
      for (const registration of [mine, planted, unrelated]) await registrations.add(registration);

      const user = await registrations.confirm(mine.id, asUser);

      expect(user).toMatchObject({ email, passwordHash: 'mine', emailVerifiedAt: NOW });
      expect(await users.findByEmail(email)).toEqual(user);
      expect(await registrations.findLatest(email)).toBeNull();
      expect(await registrations.findById(unrelated.id)).toEqual(unrelated);
    });

    it('confirms a registration once', async () => {
      const { registrations } = create();
      const registration = aRegistration();
      await registrations.add(registration);
      await registrations.confirm(registration.id, asUser);

      await expect(registrations.confirm(registration.id, asUser)).rejects.toThrow(EmailTokenInvalid);
      await expect(registrations.confirm(newId(), asUser)).rejects.toThrow(EmailTokenInvalid);
    });

    it('confirms a registration once when many ask at the same time', async () => {
      const { registrations } = create();
      const registration = aRegistration();
      await registrations.add(registration);

      const confirmed = await Promise.allSettled(Array.from({ length: 10 }, () => registrations.confirm(registration.id, asUser)));

      expect(confirmed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(confirmed.filter(({ status }) => status === 'rejected').every((answer) => 'reason' in answer && answer.reason instanceof EmailTokenInvalid)).toBe(true);
    });

    it('makes one user when two attempts for an address are confirmed at the same time', async () => {
      const { registrations, users } = create();
      const email = anEmail();
      const attempts = Array.from({ length: 5 }, () => aRegistration({ email }));
      for (const attempt of attempts) await registrations.add(attempt);

      const confirmed = await Promise.allSettled(attempts.map(({ id }) => registrations.confirm(id, asUser)));

      const [winner, ...others] = confirmed.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
      expect(others).toEqual([]);
      expect(await users.findByEmail(email)).toEqual(winner);
    });

    it('keeps the registration when it cannot become a user', async () => {
      const { registrations, users } = create();
      const registration = aRegistration();
      await registrations.add(registration);
      await users.add(aUser({ email: registration.email }));

      const refuse = () => {
        throw new Error('refused');
      };
      await expect(registrations.confirm(registration.id, refuse)).rejects.toThrow('refused');
      await expect(registrations.confirm(registration.id, asUser)).rejects.toThrow(EmailTaken);

      expect(await registrations.findById(registration.id)).toEqual(registration);
    });

    it('removes a registration, as often as it is told to', async () => {
      const { registrations } = create();
      const registration = aRegistration();
      await registrations.add(registration);

      await registrations.remove(registration.id);
      await registrations.remove(registration.id);

      expect(await registrations.findById(registration.id)).toBeNull();
    });
  });
}
