import { createHash, type JsonWebKey } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { Audit } from '../../kernel/audit.js';
import { SigningKeys } from './signing-keys.js';

const CHANGED = 'signing-keys.changed';
const SUBJECT = 'signing-keys';
const RETRY_MS = 5_000;

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
  private readonly logger = new Logger(SigningKeysRecord.name);
  private timer: NodeJS.Timeout | undefined;
  private attempt: Promise<void> = Promise.resolve();
  private isFailing = false;
  private isStopped = false;

  constructor(
    private readonly keys: SigningKeys,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Nobody waits for it: a start without Postgres goes on, and the record follows. */
  onApplicationBootstrap(): void {
    this.attempt = this.tryToReport();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.attempt;
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

  private async tryToReport(): Promise<void> {
    try {
      await this.report();
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`The signing keys are not on record yet: ${(error as Error).message}`);
      this.isFailing = true;
      if (!this.isStopped) this.timer = setTimeout(() => this.onApplicationBootstrap(), RETRY_MS).unref();
    }
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
