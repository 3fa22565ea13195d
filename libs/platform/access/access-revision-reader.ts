import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { AccessWatch } from './access-watch.js';

/** Every process has a second to learn that access has changed, whatever became of the news in Redis: half of it for a slow Postgres. */
const INTERVAL_MS = 500;

const READ_REVISION: Statement = { name: 'access.read-revision', text: 'SELECT revision FROM access_revision' };

/** Postgres counts the changes, so Redis may lose the news, be away, or come back empty. */
@Injectable()
export class AccessRevisionReader implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(AccessRevisionReader.name);
  private timer: NodeJS.Timeout | undefined;
  private isFailing = false;
  private isStopped = false;

  constructor(
    private readonly watch: AccessWatch,
    private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.read();
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** What is remembered meanwhile ends by itself after a while, should Postgres not answer. */
  private async read(): Promise<void> {
    try {
      const [row] = await this.database.query<{ revision: number }>(READ_REVISION);
      this.watch.catchUp(row?.revision ?? 0);
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`Changes of access cannot be read: ${(error as Error).message}`);
      this.isFailing = true;
    }
    // Postgres may take its time to answer: the next reading waits for this one.
    if (!this.isStopped) this.timer = setTimeout(() => void this.read(), INTERVAL_MS).unref();
  }
}
