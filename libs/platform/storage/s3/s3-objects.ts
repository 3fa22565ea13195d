import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { FileNotFound } from '../../kernel/storage.js';
import { requireKey } from '../keys.js';
import { orStorageFailure } from './s3-failures.js';

type Content = Readonly<{ content: Uint8Array; contentType?: string }>;

/** One object at a time. @throws FileNotFound, ServiceUnavailable */
export class S3Objects {
  constructor(
    readonly client: S3Client,
    readonly bucket: string,
  ) {}

  async put(key: string, { content, contentType }: Content): Promise<void> {
    const type = contentType === undefined ? {} : { ContentType: contentType };
    await orStorageFailure(this.client.send(new PutObjectCommand({ ...this.at(key), ...type, Body: content })));
  }

  async sizeOf(key: string): Promise<number | null> {
    try {
      const { ContentLength = 0 } = await orStorageFailure(this.client.send(new HeadObjectCommand(this.at(key))));
      return ContentLength;
    } catch (error) {
      if (error instanceof FileNotFound) return null;
      throw error;
    }
  }

  async get(key: string, firstBytes?: number): Promise<AsyncIterable<Uint8Array>> {
    const range = firstBytes === undefined ? {} : { Range: `bytes=0-${firstBytes - 1}` };
    const { Body } = await orStorageFailure(this.client.send(new GetObjectCommand({ ...this.at(key), ...range })));
    if (!Body) throw new FileNotFound();
    return Body as unknown as AsyncIterable<Uint8Array>;
  }

  async copy(from: string, to: string): Promise<void> {
    const CopySource = `${this.bucket}/${requireKey(from)}`;
    await orStorageFailure(this.client.send(new CopyObjectCommand({ ...this.at(to), CopySource })));
  }

  async delete(key: string): Promise<void> {
    await orStorageFailure(this.client.send(new DeleteObjectCommand(this.at(key))));
  }

  /** Page by page, so that what is deleted meanwhile does no harm. */
  async *keysIn(folder: string): AsyncGenerator<string> {
    let next: string | undefined;
    do {
      const page = { Bucket: this.bucket, Prefix: `${requireKey(folder)}/`, ContinuationToken: next };
      const listed = await orStorageFailure(this.client.send(new ListObjectsV2Command(page)));
      for (const { Key } of listed.Contents ?? []) if (Key !== undefined) yield Key;
      next = listed.NextContinuationToken;
    } while (next !== undefined);
  }

  at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: requireKey(key) };
  }
}
