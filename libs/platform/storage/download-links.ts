import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { deriveKey } from '../config/derived-key.js';
import { Clock } from '../kernel/clock.js';
import { defineError } from '../kernel/errors/app-error.js';
import type { Link, StoredFile } from '../kernel/storage.js';
import { SignedTokens } from './signed-token.js';

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
  private readonly tokens: SignedTokens;
  private readonly baseUrl: string;

  constructor(
    { APP_SECRET, PUBLIC_URL, STORAGE_PUBLIC_URL = PUBLIC_URL }: Config,
    private readonly clock: Clock,
  ) {
    this.tokens = new SignedTokens(deriveKey(APP_SECRET, 'download-links'));
    this.baseUrl = STORAGE_PUBLIC_URL;
  }

  make({ key, name, contentType, size }: StoredFile, seconds: number): Link {
    const expiresAt = new Date(this.clock.now().getTime() + seconds * 1_000);
    const token = this.tokens.make([{ key, name, contentType, size }, expiresAt.getTime()]);
    return { url: `${this.baseUrl}/v1/downloads?token=${token}`, expiresAt };
  }

  /** @throws DownloadLinkInvalid when it was altered, or has ended */
  open(token: string): StoredFile {
    const opened = this.tokens.open(token);
    if (opened === undefined) throw new DownloadLinkInvalid();

    const [stored, expiresAt] = signed.parse(opened);
    if (this.clock.now().getTime() >= expiresAt) throw new DownloadLinkInvalid();
    return stored;
  }
}
