import type { SpentProofs } from '../application/sign-in/id-token/spent-proofs.js';

export class InMemorySpentProofs implements SpentProofs {
  private readonly spent = new Set<string>();

  async spend(proof: string): Promise<boolean> {
    const isFirst = !this.spent.has(proof);
    this.spent.add(proof);
    return isFirst;
  }
}
