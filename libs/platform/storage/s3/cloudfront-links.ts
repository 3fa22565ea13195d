import { getSignedUrl } from '@aws-sdk/cloudfront-signer';
import type { Clock } from '../../kernel/clock.js';
import type { StoredFile } from '../../kernel/storage.js';
import { attachment } from '../attachment.js';
import { requireKey } from '../keys.js';
import type { Links } from './links.js';

export type CdnSettings = Readonly<{ url: string; keyPairId: string; privateKey: string }>;

/**
 * CloudFront in front of the bucket. What makes the link end is not part of the name under which it keeps the file, so links that were made
 * at different times lead to one copy; a file that is ready is never written again under its key.
 */
export class CloudfrontLinks implements Links {
  constructor(
    private readonly cdn: CdnSettings,
    private readonly clock: Clock,
  ) {}

  async to({ key, name, contentType }: StoredFile, seconds: number): Promise<string> {
    const { url, keyPairId, privateKey } = this.cdn;
    const shown = new URLSearchParams({
      'response-content-disposition': attachment(name),
      'response-content-type': contentType,
    });
    const dateLessThan = new Date(this.clock.now().getTime() + seconds * 1_000);
    return getSignedUrl({ url: `${url}/${requireKey(key)}?${shown}`, keyPairId, privateKey, dateLessThan });
  }
}
