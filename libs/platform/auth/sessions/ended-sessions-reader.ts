import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { Polling } from '../../database/polling.js';
import { EndedSessions } from './ended-sessions.js';

const FIND_ENDED: Statement = {
  name: 'auth.sessions-ended-since',
  text: 'SELECT id FROM sessions WHERE ended_at >= $1',
};

/** Postgres remembers which sessions have ended, so Redis may lose messages, be away, or come back empty. */
@Injectable()
export class EndedSessionsReader implements OnModuleInit, OnModuleDestroy {
  private readonly polling = new Polling('Ended sessions', () =>
    this.endedSessions.refresh((since) => this.endedSince(since)),
  );

  constructor(
    private readonly endedSessions: EndedSessions,
    private readonly database: Database,
  ) {}

  /** Before anything listens. Without Postgres the start goes on: tokens are refused until the first reading succeeds. */
  onModuleInit(): Promise<void> {
    return this.polling.start();
  }

  onModuleDestroy(): void {
    this.polling.stop();
  }

  private async endedSince(since: Date): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(FIND_ENDED, [since]);
    return rows.map(({ id }) => id);
  }
}
