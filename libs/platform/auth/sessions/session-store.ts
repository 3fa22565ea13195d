import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { Audit } from '../../kernel/audit.js';
import { EndedSessionsBroadcast } from './ended-sessions-broadcast.js';
import type { Session } from './session.js';
import { SessionLifetimes } from './session-lifetimes.js';

const COLUMNS = `id, user_id AS "userId", refresh_counter AS "counter", created_at AS "createdAt", rotated_at AS "rotatedAt",
  expires_at AS "expiresAt", ended_at AS "endedAt", reauthenticated_at AS "reauthenticatedAt", user_agent AS "userAgent", ip_address AS "ipAddress"`;
/** `$1` is now, `$2` the moment since which an open session has been refreshed. */
const IS_OPEN = 'ended_at IS NULL AND expires_at > $1 AND rotated_at > $2';

const ADD: Statement = {
  name: 'auth.add-session',
  text: `INSERT INTO sessions (id, user_id, created_at, rotated_at, expires_at, user_agent, ip_address)
    VALUES ($1, $2, $3, $3, $4, $5, $6)`,
};
const FIND: Statement = { name: 'auth.find-session', text: `SELECT ${COLUMNS} FROM sessions WHERE id = $1` };
/** One statement: of many requests with the same token the row lets one through, and the others see what it left. */
const ROTATE: Statement = {
  name: 'auth.rotate-session',
  text: `UPDATE sessions SET refresh_counter = refresh_counter + 1, rotated_at = $1
    WHERE id = $3 AND refresh_counter = $4 AND ${IS_OPEN} RETURNING ${COLUMNS}`,
};
const LIST_OPEN: Statement = {
  name: 'auth.list-open-sessions',
  text: `SELECT ${COLUMNS} FROM sessions WHERE user_id = $3 AND ${IS_OPEN} ORDER BY id DESC LIMIT 100`,
};
const CONFIRM: Statement = {
  name: 'auth.confirm-session',
  text: 'UPDATE sessions SET reauthenticated_at = $1 WHERE id = $2 AND user_id = $3 AND ended_at IS NULL RETURNING id',
};
const END: Statement = {
  name: 'auth.end-session',
  text: 'UPDATE sessions SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL RETURNING id',
};
const END_OWN: Statement = {
  name: 'auth.end-own-session',
  text: 'UPDATE sessions SET ended_at = $1 WHERE id = $2 AND user_id = $3 AND ended_at IS NULL RETURNING id',
};
const END_ALL: Statement = {
  name: 'auth.end-all-sessions',
  text: 'UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND id IS DISTINCT FROM $3 AND ended_at IS NULL RETURNING id',
};

/** The rows of sessions. What ends here is refused in every process as soon as the transaction commits. */
@Injectable()
export class SessionStore {
  constructor(
    private readonly database: Database,
    private readonly lifetimes: SessionLifetimes,
    private readonly broadcast: EndedSessionsBroadcast,
    private readonly audit: Audit,
  ) {}

  add({ id, userId, createdAt, expiresAt, userAgent, ipAddress }: Session): Promise<void> {
    return this.database.transaction(async () => {
      await this.database.query(ADD, [id, userId, createdAt, expiresAt, userAgent, ipAddress]);
      await this.audit.record({ type: 'session.begun', actorId: userId, subjectId: id });
    });
  }

  async find(id: string): Promise<Session | null> {
    const [session] = await this.database.query<Session>(FIND, [id]);
    return session ?? null;
  }

  /** Null unless the session is open and `counter` is its current one. */
  async rotate(id: string, counter: number): Promise<Session | null> {
    const values = [this.lifetimes.now(), this.lifetimes.idleSince(), id, counter];
    const [session] = await this.database.query<Session>(ROTATE, values);
    return session ?? null;
  }

  listOpen(userId: string): Promise<Session[]> {
    return this.database.query<Session>(LIST_OPEN, [this.lifetimes.now(), this.lifetimes.idleSince(), userId]);
  }

  /** Its user has proved again who they are. */
  confirm(userId: string, id: string): Promise<void> {
    return this.database.transaction(async () => {
      const confirmed = await this.database.query(CONFIRM, [this.lifetimes.now(), id, userId]);
      if (confirmed.length > 0) await this.audit.record({ type: 'session.confirmed', actorId: userId, subjectId: id });
    });
  }

  /** False when there was nothing to end. */
  end(id: string): Promise<boolean> {
    return this.endWith(END, [this.lifetimes.now(), id]);
  }

  /** False when there was nothing to end, or it was somebody else's. */
  endOwn(userId: string, id: string): Promise<boolean> {
    return this.endWith(END_OWN, [this.lifetimes.now(), id, userId]);
  }

  async endAll(userId: string, exceptId: string | null): Promise<void> {
    await this.endWith(END_ALL, [this.lifetimes.now(), userId, exceptId]);
  }

  private endWith(statement: Statement, values: readonly unknown[]): Promise<boolean> {
    return this.database.transaction(async () => {
      const ended = await this.database.query<{ id: string }>(statement, values);
      await this.audit.record(...ended.map(({ id }) => ({ type: 'session.ended', subjectId: id }) as const));
      this.database.afterCommit(() => this.broadcast.publish(ended.map(({ id }) => id)));
      return ended.length > 0;
    });
  }
}
