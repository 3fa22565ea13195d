import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { Loop } from '../kernel/loop.js';
import { AccessInvalidation } from './access-invalidation.js';

/** Every process shall learn within a second what another one did, also when Redis lost the message. The other half is for a slow Postgres. */
const INTERVAL_MS = 500;

const READ_REVISION: Statement = { name: 'access.read-revision', text: 'SELECT revision FROM access_revision' };

/** Postgres counts the changes, so Redis may lose messages, be away, or come back empty. */
@Injectable()
export class AccessRevisionReader implements OnModuleInit, OnModuleDestroy {
  private readonly reading = new Loop({
    name: 'Reading changes of access',
    work: () => this.read(),
    restMs: INTERVAL_MS,
    longestPauseMs: INTERVAL_MS,
    logger: new Logger(AccessRevisionReader.name),
  });

  constructor(
    private readonly invalidation: AccessInvalidation,
    private readonly database: Database,
  ) {}

  onModuleInit(): Promise<void> {
    return this.reading.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.reading.stop();
  }

  /** Should Postgres not answer, what is cached expires by itself after a while. */
  private async read(): Promise<void> {
    const [row] = await this.database.query<{ revision: number }>(READ_REVISION);
    this.invalidation.syncTo(row?.revision ?? 0);
  }
}
