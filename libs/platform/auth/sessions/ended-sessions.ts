import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../kernel/clock.js';

/** Clocks of processes differ, and a token may be signed a moment after its session has ended. */
const SLACK_MS = 60_000;

/**
 * The sessions whose access tokens have not all expired by themselves. Every process holds them, so that refusing
 * an ended session costs a request a map lookup; each is forgotten when its last token has expired.
 */
@Injectable()
export class EndedSessions {
  private readonly forgetAt = new Map<string, number>();
  private readonly retentionMs: number;
  private readAt: number | null = null;

  constructor(
    private readonly clock: Clock,
    config: Config,
  ) {
    this.retentionMs = config.AUTH_ACCESS_TTL * 1000 + SLACK_MS;
  }

  has(sessionId: string): boolean {
    return this.forgetAt.has(sessionId);
  }

  /** False until the sessions that ended before this process started are known: no token can be trusted before. */
  get isComplete(): boolean {
    return this.readAt !== null;
  }

  add(sessionIds: readonly string[]): void {
    const now = this.clock.now().getTime();
    for (const id of sessionIds) {
      if (!this.forgetAt.has(id)) this.forgetAt.set(id, now + this.retentionMs);
    }
    this.forgetBefore(now);
  }

  /** Asks `read` for the sessions that ended since the last time, the first time for all that matter. */
  async refresh(read: (since: Date) => Promise<readonly string[]>): Promise<void> {
    const now = this.clock.now().getTime();
    // Overlapping: a transaction that ended a session may commit after a later one has been read.
    const since = this.readAt === null ? now - this.retentionMs : this.readAt - SLACK_MS;
    this.add(await read(new Date(since)));
    this.readAt = now;
  }

  /** A map keeps the order of insertion, and all entries are kept equally long: the oldest are in front. */
  private forgetBefore(now: number): void {
    for (const [id, forgetAt] of this.forgetAt) {
      if (forgetAt > now) return;
      this.forgetAt.delete(id);
    }
  }
}
