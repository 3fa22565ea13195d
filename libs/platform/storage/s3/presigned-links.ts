import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { StoredFile } from '../../kernel/storage.js';
import { attachment } from '../attachment.js';
import { requireKey } from '../keys.js';
import type { Links } from './links.js';

/** The store itself. */
export class PresignedLinks implements Links {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  to({ key, name, contentType }: StoredFile, seconds: number): Promise<string> {
    const command = new GetObjectCommand({
      Bucket: this.bucket,
      Key: requireKey(key),
      ResponseContentType: contentType,
      ResponseContentDisposition: attachment(name),
    });
    return getSignedUrl(this.client, command, { expiresIn: seconds });
  }
}
