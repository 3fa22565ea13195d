import { createHash, type JsonWebKey } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { Audit } from '../../kernel/audit.js';
import { Loop } from '../../kernel/loop.js';
import { SigningKeys } from './signing-keys.js';

const CHANGED = 'signing-keys.changed';
const SUBJECT = 'signing-keys';
const LONGEST_PAUSE_MS = 5_000;

/** Of processes that start together with a new set, one reports it. */
const LOCK: Statement = {
  name: 'auth.lock-signing-keys',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('${SUBJECT}', 0))`,
};
const LAST: Statement = {
  name: 'auth.last-signing-keys',
  text: `SELECT details->'after' AS keys FROM audit_events WHERE subject_id = '${SUBJECT}' AND type = '${CHANGED}' ORDER BY id DESC LIMIT 1`,
};

/**
 * Writes an audit event when a process starts with other keys than the process that started before it: a rotation or a deployment
 * replaces them where nothing here can see it. While new keys are rolled out, an old process that starts again is on record, too.
 */
@Injectable()
export class SigningKeysRecord implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly reporting = new Loop({
    name: 'Putting the signing keys on record',
    work: () => this.report(),
    longestPauseMs: LONGEST_PAUSE_MS,
    logger: new Logger(SigningKeysRecord.name),
  });

  constructor(
    private readonly keys: SigningKeys,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Nobody waits for it: a start without Postgres goes on, and the record follows. */
  onApplicationBootstrap(): void {
    void this.reporting.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.reporting.stop();
  }

  async report(): Promise<void> {
    const after = this.keys.publicKeySet.keys.map(describe);
    await this.database.transaction(async () => {
      await this.database.query(LOCK);
      const [last] = await this.database.query<{ keys: string[] }>(LAST);
      const before = last?.keys ?? [];
      if (before.join() !== after.join())
        await this.audit.record({ type: CHANGED, actorId: null, subjectId: SUBJECT, details: { before, after } });
    });
  }
}

/** The first of a list signs. The thumbprint (RFC 7638) tells two keys with the same `kid` apart, and is public like the key itself. */
function describe({ kid, alg, use: _, ...members }: JsonWebKey): string {
  const inOrder = Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1));
  const thumbprint = createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(inOrder)))
    .digest('base64url');
  return `${String(kid)} ${String(alg)} ${thumbprint}`;
}
