import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import type { AvatarsRepository } from '../application/avatar/avatars.repository.js';

const FIND: Statement = {
  name: 'avatars.find',
  text: `SELECT upload_id AS "uploadId" FROM avatars JOIN uploads ON uploads.id = upload_id
    WHERE avatars.user_id = $1 AND deleted_at IS NULL`,
};
const PUT: Statement = {
  name: 'avatars.put',
  text: `INSERT INTO avatars (user_id, upload_id) VALUES ($1, $2)
    ON CONFLICT (user_id) DO UPDATE SET upload_id = excluded.upload_id`,
};
const REMOVE: Statement = { name: 'avatars.remove', text: 'DELETE FROM avatars WHERE user_id = $1' };

@Injectable()
export class SqlAvatarsRepository implements AvatarsRepository {
  constructor(private readonly database: Database) {}

  async find(userId: string): Promise<string | null> {
    const [found] = await this.database.query<{ uploadId: string }>(FIND, [userId]);
    return found?.uploadId ?? null;
  }

  async put(userId: string, uploadId: string): Promise<void> {
    await this.database.query(PUT, [userId, uploadId]);
  }

  async remove(userId: string): Promise<void> {
    await this.database.query(REMOVE, [userId]);
  }
}
