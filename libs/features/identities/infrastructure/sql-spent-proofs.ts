import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import { retention } from '#platform/jobs/retention/retention.js';
import type { SpentProofs } from '../application/sign-in/id-token/spent-proofs.js';

// A quarter of an hour longer than needed: removed too early, a proof would work a second time. No two clocks here differ by as much.
export const spentProofsRetention = retention({
  table: 'spent_proofs',
  expired: `expires_at < now() - interval '15 minutes'`,
});

const SPEND_PROOF: Statement = {
  name: 'identities.spend-proof',
  text: 'INSERT INTO spent_proofs (digest, expires_at) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING RETURNING 1',
};

@Injectable()
export class SqlSpentProofs implements SpentProofs {
  constructor(private readonly database: Database) {}

  async spend(proof: string, expiresAt: Date): Promise<boolean> {
    const digest = createHash('sha256').update(proof).digest();
    return (await this.database.query(SPEND_PROOF, [digest, expiresAt])).length > 0;
  }
}
