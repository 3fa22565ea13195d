import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import { AbandonedUploads } from '../application/abandoned-uploads.js';

/** A form that has ended lets a file in that was on its way by then. */
const FORM_IS_OVER = `form_ends_at < now() - interval '1 hour'`;

const batch = (condition: string): string =>
  `id = ANY (ARRAY(SELECT id FROM uploads WHERE ${condition} LIMIT ${AbandonedUploads.BATCH} FOR UPDATE SKIP LOCKED))`;

const REMOVE: Statement = {
  name: 'uploads.remove-abandoned',
  text: `DELETE FROM uploads
    WHERE ${batch(`(status = 'pending' AND ${FORM_IS_OVER}) OR deleted_at < now() - interval '1 day'`)} RETURNING id`,
};
const CLOSE_FORMS: Statement = {
  name: 'uploads.close-forms',
  text: `UPDATE uploads SET form_ends_at = NULL
    WHERE ${batch(`status IN ('ready', 'rejected') AND ${FORM_IS_OVER}`)} RETURNING id`,
};
const GIVE_UP: Statement = {
  name: 'uploads.give-up',
  text: `UPDATE uploads SET status = 'rejected', reason = 'PROCESSING_FAILED', updated_at = now()
    WHERE ${batch(`status = 'processing' AND form_ends_at < now() - interval '1 day'`)}`,
};

type Row = Readonly<{ id: string }>;

@Injectable()
export class SqlAbandonedUploads implements AbandonedUploads {
  constructor(private readonly database: Database) {}

  async remove(): Promise<readonly string[]> {
    return (await this.database.query<Row>(REMOVE)).map(({ id }) => id);
  }

  async closeForms(): Promise<readonly string[]> {
    return (await this.database.query<Row>(CLOSE_FORMS)).map(({ id }) => id);
  }

  async giveUp(): Promise<void> {
    await this.database.query(GIVE_UP);
  }
}
