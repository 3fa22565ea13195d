import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { fileTypeFromBuffer } from 'file-type';
import pg from 'pg';
import type { Uploader } from './measured.ts';

const SPENT = `SELECT coalesce(sum(size), 0) AS spent FROM uploads WHERE user_id = $1 AND deleted_at IS NULL AND status <> 'rejected'`;
const ADD = `INSERT INTO uploads (id, user_id, kind, file_name, content_type, size, created_at, updated_at, form_ends_at)
  VALUES ($1, $2, 'image', 'cat.png', 'image/png', $3, now(), now(), now() + interval '15 minutes')`;
const FIND = 'SELECT * FROM uploads WHERE id = $1 AND deleted_at IS NULL';
const BEGIN_PROCESSING = `UPDATE uploads SET status = 'processing', updated_at = now() WHERE id = $1 AND status = 'pending' RETURNING 1`;
const START = `INSERT INTO operations (id, kind, owner_id, input) VALUES ($1, 'uploads.process', $2, $3)`;

/** What somebody would write with pg and the SDK: the same statements in the same transactions, the same calls. */
export async function handWrittenUploads(
  environment: Readonly<Record<string, string>>,
  userId: string,
  size: number,
): Promise<Uploader> {
  const database = new pg.Pool({ connectionString: environment['DATABASE_URL'], max: 10 });
  const client = s3ClientOf(environment);
  const Bucket = String(environment['S3_BUCKET']);

  const presign = async () => {
    const [id, connection] = [randomUUID(), await database.connect()];
    const key = `uploads/incoming/${id}/file`;
    try {
      await connection.query('BEGIN');
      await connection.query({
        name: 'lock',
        text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
        values: [userId],
      });
      await connection.query({ name: 'spent', text: SPENT, values: [userId] });
      await connection.query({ name: 'add', text: ADD, values: [id, userId, size] });
      await connection.query('COMMIT');
    } finally {
      connection.release();
    }
    await createPresignedPost(client, {
      ...{ Bucket, Key: key, Expires: 900, Fields: { 'Content-Type': 'image/png' } },
      Conditions: [['content-length-range', size, size]],
    });
    return { id, key };
  };

  const confirm = async (id: string) => {
    const at = { Bucket, Key: `uploads/incoming/${id}/file` };
    await database.query({ name: 'find', text: FIND, values: [id] });
    const [head, start] = await Promise.all([
      client.send(new HeadObjectCommand(at)),
      client.send(new GetObjectCommand({ ...at, Range: 'bytes=0-4099' })).then(({ Body }) => buffer(Body as Readable)),
    ]);
    if (head.ContentLength !== size || (await fileTypeFromBuffer(start))?.mime !== 'image/png')
      throw new Error('Refused');
    const connection = await database.connect();
    try {
      await connection.query('BEGIN');
      await connection.query({ name: 'begin', text: BEGIN_PROCESSING, values: [id] });
      await connection.query({ name: 'start', text: START, values: [randomUUID(), userId, { uploadId: id }] });
      await connection.query('COMMIT');
    } finally {
      connection.release();
    }
  };
  const close = async () => {
    client.destroy();
    await database.end();
  };
  return { presign, confirm, close };
}

export const s3ClientOf = (environment: Readonly<Record<string, string>>): S3Client =>
  new S3Client({
    ...{ endpoint: String(environment['S3_ENDPOINT']), region: 'us-east-1', forcePathStyle: true },
    credentials: {
      accessKeyId: String(environment['S3_ACCESS_KEY_ID']),
      secretAccessKey: String(environment['S3_SECRET_ACCESS_KEY']),
    },
  });
