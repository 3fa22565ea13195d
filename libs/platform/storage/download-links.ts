import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { deriveKey } from '../config/derived-key.js';
import { Clock } from '../kernel/clock.js';
import { defineError } from '../kernel/errors/app-error.js';
import type { Link, StoredFile } from '../kernel/storage.js';

export const DownloadLinkInvalid = defineError({
  kind: 'not-found',
  code: 'DOWNLOAD_LINK_INVALID',
  title: 'The link does not work, or not any more',
  help: 'Read what it came from again: that gives a new one.',
});

const file = z.strictObject({ key: z.string(), name: z.string(), contentType: z.string(), size: z.int() });
const signed = z.tuple([file, z.int()]);

/** Links to files of the local folder. Its holder may fetch the file until it ends: it is a credential. */
@Injectable()
export class DownloadLinks {
  private readonly key: Buffer;
  private readonly publicUrl: string;

  constructor(
    { APP_SECRET, PUBLIC_URL }: Config,
    private readonly clock: Clock,
  ) {
    this.key = deriveKey(APP_SECRET, 'download-links');
    this.publicUrl = PUBLIC_URL;
  }

  make({ key, name, contentType, size }: StoredFile, seconds: number): Link {
    const expiresAt = new Date(this.clock.now().getTime() + seconds * 1_000);
    const text = JSON.stringify([{ key, name, contentType, size }, expiresAt.getTime()]);
    const token = `${Buffer.from(text).toString('base64url')}.${this.macOf(text).toString('base64url')}`;
    return { url: `${this.publicUrl}/v1/downloads?token=${token}`, expiresAt };
  }

  /** @throws DownloadLinkInvalid when it was altered, or has ended */
  open(token: string): StoredFile {
    const [encoded = '', mac = ''] = token.split('.');
    const text = Buffer.from(encoded, 'base64url').toString();
    const [given, right] = [Buffer.from(mac, 'base64url'), this.macOf(text)];
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw new DownloadLinkInvalid();

    const [stored, expiresAt] = signed.parse(JSON.parse(text));
    if (this.clock.now().getTime() >= expiresAt) throw new DownloadLinkInvalid();
    return stored;
  }

  private macOf(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}
