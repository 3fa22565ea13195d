import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import type { Ending, UploadsRepository } from '../application/uploads.repository.js';
import { UploadQuotaExceeded } from '../domain/upload.errors.js';
import type { Upload } from '../domain/upload.js';

const COLUMNS = `id, user_id AS "userId", kind, file_name AS "fileName", content_type AS "contentType", size, sha256, status, reason,
  created_at AS "createdAt", form_ends_at AS "formEndsAt", deleted_at AS "deletedAt"`;

/** One who begins many at once gets no more room than one who begins them in turn. */
const LOCK_QUOTA: Statement = {
  name: 'uploads.lock-quota',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('uploads of ' || $1::text, 0))`,
};
const ADD: Statement = {
  name: 'uploads.add',
  text: `INSERT INTO uploads (id, user_id, kind, file_name, content_type, size, sha256, created_at, updated_at, form_ends_at)
    SELECT $1::uuid, $2::uuid, $3, $4, $5, $6::bigint, $7, $8::timestamptz, $8::timestamptz, $9::timestamptz
    WHERE $10::bigint >= $6 + (SELECT coalesce(sum(size), 0) FROM uploads WHERE user_id = $2 AND deleted_at IS NULL AND status <> 'rejected')
    RETURNING 1`,
};
const FIND: Statement = {
  name: 'uploads.find',
  text: `SELECT ${COLUMNS} FROM uploads WHERE id = $1 AND deleted_at IS NULL`,
};
const BEGIN_PROCESSING: Statement = {
  name: 'uploads.begin-processing',
  text: `UPDATE uploads SET status = 'processing', updated_at = now()
    WHERE id = $1 AND status = 'pending' AND deleted_at IS NULL RETURNING 1`,
};
const END: Statement = {
  name: 'uploads.end',
  text: `UPDATE uploads SET status = $2::upload_status, reason = $3, content_type = $4, size = $5, sha256 = $6, updated_at = now()
    WHERE id = $1 AND status = 'processing'`,
};
const DELETE: Statement = {
  name: 'uploads.delete',
  text: 'UPDATE uploads SET deleted_at = now(), updated_at = now() WHERE id = $1 AND deleted_at IS NULL RETURNING 1',
};

@Injectable()
export class SqlUploadsRepository implements UploadsRepository {
  constructor(private readonly database: Database) {}

  async add(upload: Upload, quotaBytes: number): Promise<void> {
    const { id, userId, kind, fileName, contentType, size, sha256, createdAt, formEndsAt } = upload;
    const values = [id, userId, kind, fileName, contentType, size, sha256, createdAt, formEndsAt, quotaBytes];
    await this.database.transaction(async () => {
      const [, added] = await this.database.inOrder(
        () => this.database.query(LOCK_QUOTA, [userId]),
        () => this.database.query(ADD, values),
      );
      if (added.length === 0) throw new UploadQuotaExceeded();
    });
  }

  async find(id: string): Promise<Upload | null> {
    const [upload] = await this.database.query<Upload>(FIND, [id]);
    return upload ?? null;
  }

  async beginProcessing(id: string): Promise<boolean> {
    return (await this.database.query(BEGIN_PROCESSING, [id])).length > 0;
  }

  async end(id: string, { status, reason, contentType, size, sha256 }: Ending): Promise<void> {
    await this.database.query(END, [id, status, reason, contentType, size, sha256]);
  }

  async delete(id: string): Promise<boolean> {
    return (await this.database.query(DELETE, [id])).length > 0;
  }
}
