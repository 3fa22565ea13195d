import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { deriveKey } from '../config/derived-key.js';
import { Clock } from '../kernel/clock.js';
import { defineError } from '../kernel/errors/app-error.js';
import type { ExpectedFile, UploadForm } from '../kernel/storage.js';
import { SignedTokens } from './signed-token.js';

export const UploadFormInvalid = defineError({
  kind: 'forbidden',
  code: 'UPLOAD_FORM_INVALID',
  title: 'The form does not work, or not any more',
  help: 'Ask for a new one; send its fields as they are, and the file after them.',
});

const file = z.strictObject({
  key: z.string(),
  contentType: z.string(),
  size: z.int(),
  sha256: z.string().nullable(),
});
const signed = z.tuple([file, z.int()]);

/** Forms by which files come into the local folder, as an object store gives them out. Whoever holds one may send that one file. */
@Injectable()
export class UploadForms {
  private readonly tokens: SignedTokens;
  private readonly baseUrl: string;

  constructor(
    { APP_SECRET, PUBLIC_URL, STORAGE_PUBLIC_URL = PUBLIC_URL }: Config,
    private readonly clock: Clock,
  ) {
    this.tokens = new SignedTokens(deriveKey(APP_SECRET, 'upload-forms'));
    this.baseUrl = STORAGE_PUBLIC_URL;
  }

  make({ key, contentType, size, sha256 }: ExpectedFile, seconds: number): UploadForm {
    const expiresAt = new Date(this.clock.now().getTime() + seconds * 1_000);
    const token = this.tokens.make([{ key, contentType, size, sha256 }, expiresAt.getTime()]);
    return { url: `${this.baseUrl}/v1/files`, fields: { token, 'Content-Type': contentType }, expiresAt };
  }

  /** @throws UploadFormInvalid when it was altered or has ended, or says another type than it was made for */
  open(fields: Readonly<Record<string, string>>): ExpectedFile {
    const opened = this.tokens.open(fields['token'] ?? '');
    if (opened === undefined) throw new UploadFormInvalid();

    const [expected, expiresAt] = signed.parse(opened);
    if (this.clock.now().getTime() >= expiresAt) throw new UploadFormInvalid();
    if (fields['Content-Type'] !== expected.contentType) throw new UploadFormInvalid();
    return expected;
  }
}
