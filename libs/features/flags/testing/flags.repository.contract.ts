import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { FlagsRepository } from '../application/flags.repository.js';

/** What every implementation promises. */
export function describeFlagsRepository(name: string, setup: () => { flags: FlagsRepository }): void {
  describe(name, () => {
    it('gives back what was said of a flag, and when', async () => {
      const { flags } = setup();
      const flag = `tests.${newId()}`;
      const settings = {
        rules: [{ when: { roles: ['support'], environments: ['staging'], percentage: 12.5 }, value: true }],
        value: false,
      };
      const before = Date.now();

      const stored = await flags.set(flag, settings);

      expect(stored).toEqual({ name: flag, settings, updatedAt: expect.any(Date) });
      expect(stored.updatedAt.getTime()).toBeGreaterThanOrEqual(before);
      expect((await flags.list()).filter((one) => one.name === flag)).toEqual([stored]);
    });

    it('keeps nothing of what was said before', async () => {
      const { flags } = setup();
      const flag = `tests.${newId()}`;
      await flags.set(flag, { rules: [{ when: { userIds: [newId()] }, value: 'a' }], value: 'b' });

      await flags.set(flag, { rules: [] });

      expect((await flags.list()).find((one) => one.name === flag)?.settings).toEqual({ rules: [] });
    });

    it('lists by name', async () => {
      const { flags } = setup();
      const names = ['b', 'a', 'c'].map((letter) => `tests.${letter}-${newId()}`);
      for (const flag of names) await flags.set(flag, { rules: [] });

      const listed = (await flags.list()).map((one) => one.name).filter((flag) => names.includes(flag));

      expect(listed).toEqual([...names].sort());
    });
  });
}
