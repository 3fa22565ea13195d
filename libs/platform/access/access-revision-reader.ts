import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { Polling } from '../database/polling.js';
import { AccessWatch } from './access-watch.js';

const READ_REVISION: Statement = { name: 'access.read-revision', text: 'SELECT revision FROM access_revision' };

/** Postgres counts the changes, so Redis may lose the news, be away, or come back empty. */
@Injectable()
export class AccessRevisionReader implements OnModuleInit, OnModuleDestroy {
  private readonly polling = new Polling('Changes of access', () => this.read());

  constructor(
    private readonly watch: AccessWatch,
    private readonly database: Database,
  ) {}

  onModuleInit(): Promise<void> {
    return this.polling.start();
  }

  onModuleDestroy(): void {
    this.polling.stop();
  }

  /** What is remembered meanwhile ends by itself after a while, should Postgres not answer. */
  private async read(): Promise<void> {
    const [row] = await this.database.query<{ revision: number }>(READ_REVISION);
    this.watch.catchUp(row?.revision ?? 0);
  }
}
