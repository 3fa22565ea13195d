import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { EndedSessions } from './ended-sessions.js';

/** Every process has a second to learn of an ended session, whatever became of the news in Redis: half of it for a slow Postgres. */
const INTERVAL_MS = 500;

const FIND_ENDED: Statement = { name: 'auth.sessions-ended-since', text: 'SELECT id FROM sessions WHERE ended_at >= $1' };

/** Postgres remembers which sessions have ended, so Redis may lose the news, be away, or come back empty. */
@Injectable()
export class EndedSessionsReader implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(EndedSessionsReader.name);
  private timer: NodeJS.Timeout | undefined;
  private isFailing = false;
  private isStopped = false;

  constructor(
    private readonly endedSessions: EndedSessions,
    private readonly database: Database,
  ) {}

  /** Before anything listens. Without Postgres the start goes on: tokens are refused until the first reading succeeds. */
  async onModuleInit(): Promise<void> {
    await this.read();
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    try {
      await this.endedSessions.refresh((since) => this.endedSince(since));
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`Ended sessions cannot be read: ${(error as Error).message}`);
      this.isFailing = true;
    }
    // Postgres may take its time to answer: the next reading waits for this one.
    if (!this.isStopped) this.timer = setTimeout(() => void this.read(), INTERVAL_MS).unref();
  }

  private async endedSince(since: Date): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(FIND_ENDED, [since]);
    return rows.map(({ id }) => id);
  }
}
