import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { PasswordResetsRepository } from '../../application/passwords/reset/password-resets.repository.js';
import { ResetTokenInvalid } from '../../domain/user.errors.js';
import { anEmail, aPasswordReset, hoursAfterNow, NOW } from '../user.factory.js';

export function describePasswordResetsRepository(name: string, create: () => PasswordResetsRepository): void {
  describe(name, () => {
    it('finds a reset by id, as it was added, until it is removed', async () => {
      const resets = create();
      const reset = aPasswordReset();
      await resets.add(reset);

      expect(await resets.findById(reset.id)).toEqual(reset);
      expect(await resets.findById(newId())).toBeNull();
      await resets.remove(reset.id);
      expect(await resets.findById(reset.id)).toBeNull();
    });

    it('counts the earlier ones of the address that are still open', async () => {
      const resets = create();
      const email = anEmail();
      const [over, first, second] = [
        aPasswordReset({ email, expiresAt: NOW }),
        aPasswordReset({ email }),
        aPasswordReset({ email }),
      ];
      for (const reset of [over, first, second, aPasswordReset()]) await resets.add(reset);

      expect(await resets.countOpenBefore(second, NOW)).toBe(1);
      expect(await resets.countOpenBefore(first, NOW)).toBe(0);
      expect(await resets.countOpenBefore(second, hoursAfterNow(1))).toBe(0);
    });

    it('closes all of an address and no other', async () => {
      const resets = create();
      const email = anEmail();
      const [first, second, other] = [aPasswordReset({ email }), aPasswordReset({ email }), aPasswordReset()];
      for (const reset of [first, second, other]) await resets.add(reset);

      expect(await resets.closeAll(email, second.id, async () => 'done')).toBe('done');

      expect(await Promise.all([first, second, other].map(({ id }) => resets.findById(id)))).toEqual([
        null,
        null,
        other,
      ]);
      expect(await resets.closeAll(email, null, async () => 'nothing to close')).toBe('nothing to close');
    });

    it('does nothing with an id that is not open for the address', async () => {
      const resets = create();
      const [mine, other] = [aPasswordReset(), aPasswordReset()];
      for (const reset of [mine, other]) await resets.add(reset);
      let ran = 0;

      for (const id of [other.id, newId()]) {
        await expect(resets.closeAll(mine.email, id, async () => ran++)).rejects.toThrow(ResetTokenInvalid);
      }

      expect(ran).toBe(0);
      expect(await resets.findById(mine.id)).toEqual(mine);
    });

    it('closes nothing when the work fails', async () => {
      const resets = create();
      const reset = aPasswordReset();
      await resets.add(reset);

      await expect(resets.closeAll(reset.email, reset.id, () => Promise.reject(new Error('refused')))).rejects.toThrow(
        'refused',
      );

      expect(await resets.findById(reset.id)).toEqual(reset);
    });

    it('lets one of many succeed that use links of an address at once', async () => {
      const resets = create();
      const email = anEmail();
      const all = Array.from({ length: 4 }, () => aPasswordReset({ email }));
      for (const reset of all) await resets.add(reset);

      const results = await Promise.allSettled(
        [...all, ...all].map(({ id }) => resets.closeAll(email, id, async () => id)),
      );

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
}
