import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { Sharp, SharpOptions } from 'sharp';
import type { Images, KeptImage } from '../application/processing/images.js';
import type { RejectionReason } from '../domain/upload.js';

/** Four bytes of memory each, and some more while it is turned and made smaller. */
const MOST_PIXELS = 40_000_000;
const MOST_SECONDS = 30;
const VARIANTS = { small: 256, medium: 1_024 } as const;

/** By sharp, in the worker. */
@Injectable()
export class SharpImages implements Images {
  async renew(file: AsyncIterable<Uint8Array>): Promise<KeptImage | RejectionReason> {
    const [sharp, content] = [await loadSharp(), await buffer(file)];
    const options: SharpOptions = { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false };
    const image = (): Sharp => sharp(content, options).timeout({ seconds: MOST_SECONDS }).autoOrient();
    try {
      // From the file each time: pixels in memory would be of one image after the other.
      const kept = await image().toBuffer();
      const variants: Record<string, Uint8Array> = {};
      for (const [name, width] of Object.entries(VARIANTS))
        variants[name] = await image()
          .resize({ width, height: width, fit: 'inside', withoutEnlargement: true })
          .webp()
          .toBuffer();
      return { content: kept, variants };
    } catch (error) {
      return reasonOf(error);
    }
  }
}

const reasonOf = (error: unknown): RejectionReason =>
  /exceeds pixel limit/i.test(String(error)) ? 'IMAGE_TOO_MANY_PIXELS' : 'IMAGE_UNREADABLE';

/** When the first image comes: the api never loads a library of twenty megabytes for what the worker does. */
async function loadSharp(): Promise<typeof import('sharp').default> {
  const { default: sharp } = await import('sharp');
  // One at a time, and nothing kept for the next: an image is decoded in a bounded piece of memory, that it gives back.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
