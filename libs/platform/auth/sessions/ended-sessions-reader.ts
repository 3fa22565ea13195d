import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { Loop } from '../../kernel/loop.js';
import { EndedSessions } from './ended-sessions.js';

/** Every process shall learn within a second what another one did, also when Redis lost the message. The other half is for a slow Postgres. */
const INTERVAL_MS = 500;

const FIND_ENDED: Statement = {
  name: 'auth.sessions-ended-since',
  text: 'SELECT id FROM sessions WHERE ended_at >= $1',
};

/** Postgres remembers which sessions have ended, so Redis may lose messages, be away, or come back empty. */
@Injectable()
export class EndedSessionsReader implements OnModuleInit, OnModuleDestroy {
  private readonly reading = new Loop({
    name: 'Reading which sessions have ended',
    work: () => this.endedSessions.refresh((since) => this.endedSince(since)),
    restMs: INTERVAL_MS,
    longestPauseMs: INTERVAL_MS,
    logger: new Logger(EndedSessionsReader.name),
  });

  constructor(
    private readonly endedSessions: EndedSessions,
    private readonly database: Database,
  ) {}

  /** Before anything listens. Without Postgres the start goes on: tokens are refused until the first reading succeeds. */
  onModuleInit(): Promise<void> {
    return this.reading.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.reading.stop();
  }

  private async endedSince(since: Date): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(FIND_ENDED, [since]);
    return rows.map(({ id }) => id);
  }
}
