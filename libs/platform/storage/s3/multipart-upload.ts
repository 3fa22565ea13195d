import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { inLargeParts } from './joined-parts.js';
import { orStorageFailure } from './s3-failures.js';
import type { S3Objects } from './s3-objects.js';

type Upload = Readonly<{ Bucket: string; Key: string; UploadId: string | undefined }>;
type Part = Readonly<{ PartNumber: number; ETag: string | undefined }>;

/** A file of any size, in memory a part at a time. It is there when all of it is. */
export async function uploadInParts(
  { client, at }: Pick<S3Objects, 'client'> & { at: { Bucket: string; Key: string } },
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { UploadId } = await orStorageFailure(client.send(new CreateMultipartUploadCommand(at)));
  const upload: Upload = { ...at, UploadId };
  const parts: Part[] = [];
  try {
    for await (const Body of inLargeParts(content)) {
      const PartNumber = parts.length + 1;
      const { ETag } = await orStorageFailure(client.send(new UploadPartCommand({ ...upload, PartNumber, Body })));
      parts.push({ PartNumber, ETag });
    }
    await orStorageFailure(
      client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } })),
    );
  } catch (error) {
    // Parts of a file that never was would be paid for until a rule of the bucket removes them.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}
