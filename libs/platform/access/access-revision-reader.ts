import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { Polling } from '../database/polling.js';
import { AccessInvalidation } from './access-invalidation.js';

const READ_REVISION: Statement = { name: 'access.read-revision', text: 'SELECT revision FROM access_revision' };

/** Postgres counts the changes, so Redis may lose messages, be away, or come back empty. */
@Injectable()
export class AccessRevisionReader implements OnModuleInit, OnModuleDestroy {
  private readonly polling = new Polling('Changes of access', () => this.read());

  constructor(
    private readonly invalidation: AccessInvalidation,
    private readonly database: Database,
  ) {}

  onModuleInit(): Promise<void> {
    return this.polling.start();
  }

  onModuleDestroy(): void {
    this.polling.stop();
  }

  /** Should Postgres not answer, what is cached expires by itself after a while. */
  private async read(): Promise<void> {
    const [row] = await this.database.query<{ revision: number }>(READ_REVISION);
    this.invalidation.syncTo(row?.revision ?? 0);
  }
}
