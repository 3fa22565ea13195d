import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import { MAX_ID } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { Parcel } from './parcel.js';
import { CREATE_PARCEL_COUNTS, CREATE_PARCELS } from './parcels.table.js';

const COLUMNS = 'id, sender_id AS "senderId", contents, status, version, sent_at AS "sentAt"';

/** No migration: what is not shipped has no place among those that are. */
const FIND_TABLE: Statement = {
  name: 'parcels.find-table',
  text: `SELECT to_regclass('parcels') IS NOT NULL AS "isThere"`,
};
const LOCK: Statement = { name: 'parcels.lock-table', text: `SELECT pg_advisory_xact_lock(hashtext('parcels'))` };
const CREATE: Statement = {
  name: 'parcels.create-table',
  text: CREATE_PARCELS,
};
const ADD: Statement = {
  name: 'parcels.add',
  text: `INSERT INTO parcels (id, sender_id, contents) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
};
const CREATE_COUNTS: Statement = { name: 'parcels.create-counts', text: CREATE_PARCEL_COUNTS };
const FIND: Statement = { name: 'parcels.find', text: `SELECT ${COLUMNS} FROM parcels WHERE id = $1` };
const LOCK_ROW: Statement = { name: 'parcels.lock', text: `${FIND.text} FOR UPDATE` };
const CHANGE: Statement = {
  name: 'parcels.change',
  text: `UPDATE parcels SET status = $2, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
};
const COUNT: Statement = {
  name: 'parcels.count',
  text: 'INSERT INTO parcel_counts (job_id, parcels) SELECT $1, count(*) FROM parcels',
};
const LIST: Statement = {
  name: 'parcels.list',
  text: `SELECT ${COLUMNS} FROM parcels WHERE sender_id = $1 AND id < $2 AND ($3::text IS NULL OR status = $3)
    ORDER BY id DESC LIMIT $4`,
};

@Injectable()
export class ParcelsRepository implements OnApplicationBootstrap {
  constructor(private readonly database: Database) {}

  /** On servers of a test's own, where it signs in as the owner; elsewhere tools/databases/specimen-tables.ts has made them. */
  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async () => {
      // Two processes that start together take turns.
      await this.database.query(LOCK);
      const [table] = await this.database.query<{ isThere: boolean }>(FIND_TABLE);
      if (table?.isThere) return;
      await this.database.query(CREATE);
      await this.database.query(CREATE_COUNTS);
    });
  }

  async add(id: string, senderId: string, contents: Parcel['contents']): Promise<Parcel> {
    const [parcel] = await this.database.query<Parcel>(ADD, [id, senderId, JSON.stringify(contents)]);
    return parcel as Parcel;
  }

  async find(id: string): Promise<Parcel | undefined> {
    return (await this.database.query<Parcel>(FIND, [id]))[0];
  }

  async lock(id: string): Promise<Parcel | undefined> {
    return (await this.database.query<Parcel>(LOCK_ROW, [id]))[0];
  }

  async change(id: string, status: Parcel['status']): Promise<Parcel | undefined> {
    return (await this.database.query<Parcel>(CHANGE, [id, status]))[0];
  }

  async count(jobId: string): Promise<void> {
    await this.database.query(COUNT, [jobId]);
  }

  async list(
    senderId: string,
    status: Parcel['status'] | null,
    { limit, after }: PageRequest<string>,
  ): Promise<Page<Parcel>> {
    const rows = await this.database.stale(() =>
      this.database.query<Parcel>(LIST, [senderId, after ?? MAX_ID, status, limit + 1]),
    );
    return pageOf(rows, limit, ({ id }) => id);
  }
}
