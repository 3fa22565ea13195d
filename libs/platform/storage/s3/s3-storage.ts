import { buffer } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../kernel/clock.js';
import {
  type ExpectedFile,
  FileNotFound,
  type Link,
  type Storage,
  type StoredFile,
  type UploadForm,
} from '../../kernel/storage.js';
import { requireKey } from '../keys.js';
import { type CdnSettings, CloudfrontLinks } from './cloudfront-links.js';
import type { Links } from './links.js';
import { uploadInParts } from './multipart-upload.js';
import { PresignedLinks } from './presigned-links.js';
import { s3Client } from './s3-client.js';
import { S3Objects } from './s3-objects.js';

/** A bucket. Files go to it and come from it past this service: forms and links are of its own. */
@Injectable()
export class S3Storage implements Storage, OnApplicationShutdown {
  private readonly objects: S3Objects;
  /** Signs for the address that browsers use; it is never asked anything. */
  private readonly signer: S3Client;
  private readonly links: Links;

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    this.objects = new S3Objects(s3Client(config), String(config.S3_BUCKET));
    this.signer = s3Client(config, config.STORAGE_PUBLIC_URL ?? config.S3_ENDPOINT);
    const cdn = cdnOf(config);
    this.links = cdn ? new CloudfrontLinks(cdn, clock) : new PresignedLinks(this.signer, this.objects.bucket);
  }

  async writePart(key: string, part: string, content: string | Uint8Array): Promise<void> {
    await this.objects.put(partKey(key, part), { content: Buffer.from(content) });
  }

  async complete(key: string, parts: readonly string[]): Promise<number> {
    const there = await this.objects.sizeOf(key);
    if (there !== null) return there;

    for (const part of parts) if ((await this.objects.sizeOf(partKey(key, part))) === null) throw new FileNotFound();
    await uploadInParts({ client: this.objects.client, at: this.objects.at(key) }, this.contentOf(key, parts));
    await this.deleteFolder(`${key}.parts`);
    return (await this.objects.sizeOf(key)) ?? 0;
  }

  async write(key: string, content: Uint8Array, contentType: string): Promise<void> {
    await this.objects.put(key, { content, contentType });
  }

  async formFor({ key, contentType, size, sha256 }: ExpectedFile, seconds: number): Promise<UploadForm> {
    const { url, fields } = await createPresignedPost(this.signer, {
      ...this.objects.at(key),
      Expires: seconds,
      Fields: { 'Content-Type': contentType, ...checksumFields(sha256) },
      Conditions: [['content-length-range', size, size]],
    });
    return { url, fields, expiresAt: this.inSeconds(seconds) };
  }

  sizeOf(key: string): Promise<number | null> {
    return this.objects.sizeOf(key);
  }

  read(key: string): Promise<AsyncIterable<Uint8Array>> {
    return this.objects.get(key);
  }

  async readStart(key: string, bytes: number): Promise<Uint8Array> {
    return buffer(await this.objects.get(key, bytes));
  }

  async copy(from: string, to: string): Promise<void> {
    await this.objects.copy(from, to);
  }

  async deleteFolder(folder: string): Promise<void> {
    for await (const key of this.objects.keysIn(folder)) await this.objects.delete(key);
  }

  async linkTo(file: StoredFile, seconds: number): Promise<Link> {
    return { url: await this.links.to(file, seconds), expiresAt: this.inSeconds(seconds) };
  }

  onApplicationShutdown(): void {
    this.objects.client.destroy();
    this.signer.destroy();
  }

  private async *contentOf(key: string, parts: readonly string[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield* await this.objects.get(partKey(key, part));
  }

  private inSeconds(seconds: number): Date {
    return new Date(this.clock.now().getTime() + seconds * 1_000);
  }
}

function cdnOf({ CDN_URL: url, CDN_KEY_PAIR_ID: keyPairId, CDN_PRIVATE_KEY: privateKey }: Config): CdnSettings | null {
  return url && keyPairId && privateKey ? { url, keyPairId, privateKey } : null;
}

const partKey = (key: string, part: string): string => `${requireKey(key)}.parts/${requireKey(part)}`;

/** With them the store refuses a file with another one. */
const checksumFields = (sha256: string | null): Record<string, string> =>
  sha256 === null
    ? {}
    : {
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
      };
