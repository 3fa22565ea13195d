import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { SpentProofs } from '../application/sign-in/id-token/spent-proofs.js';
import { NOW } from './identity.factory.js';

export function describeSpentProofs(name: string, create: () => SpentProofs): void {
  describe(name, () => {
    it('lets a proof be spent once', async () => {
      const proofs = create();
      const proof = newId();

      expect(await proofs.spend(proof, NOW)).toBe(true);
      expect(await proofs.spend(proof, NOW)).toBe(false);
      expect(await proofs.spend(newId(), NOW)).toBe(true);
    });

    it('lets a proof be spent once when many try at the same time', async () => {
      const proofs = create();
      const proof = newId();

      const spent = await Promise.all(Array.from({ length: 20 }, () => proofs.spend(proof, NOW)));

      expect(spent.filter((isFirst) => isFirst)).toHaveLength(1);
    });
  });
}
