import { Readable } from 'node:stream';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { anImage } from '../testing/example-files.js';
import { SharpImages } from './sharp-images.js';

const images = new SharpImages();

async function renewed(content: Uint8Array) {
  const kept = await images.renew(Readable.from([content]));
  if (typeof kept === 'string') throw new Error(kept);
  return kept;
}

describe('an image that is made anew', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('is a %s as before, without what else was in its file', async (format) => {
    const { content } = await renewed(await anImage(format, { width: 300, height: 200 }));

    const metadata = await sharp(content).metadata();
    expect(metadata).toMatchObject({ format, width: 300, height: 200 });
    expect([metadata.exif, metadata.xmp, metadata.icc]).toEqual([undefined, undefined, undefined]);
  });

  it('is turned as it is to be seen, because nothing says so any more', async () => {
    const turned = await sharp(await anImage('jpeg', { width: 300, height: 200 }))
      .withMetadata({ orientation: 6 })
      .toBuffer();

    expect(await sharp((await renewed(turned)).content).metadata()).toMatchObject({ width: 200, height: 300 });
  });

  it('has smaller ones of it, and none that is larger', async () => {
    const { variants } = await renewed(await anImage('png', { width: 600, height: 300 }));

    const sizes = Object.entries(variants).map(async ([name, content]) => {
      const { format, width, height } = await sharp(content).metadata();
      return [name, format, width, height];
    });
    expect(await Promise.all(sizes)).toEqual([
      ['small', 'webp', 256, 128],
      ['medium', 'webp', 600, 300],
    ]);
  });
});

describe('an image is rejected', () => {
  it('that has more pixels than there is memory for', async () => {
    const large = await sharp({ create: { width: 7_000, height: 6_000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();

    expect(await images.renew(Readable.from([large]))).toBe('IMAGE_TOO_MANY_PIXELS');
  });

  it('that cannot be read', async () => {
    expect(await images.renew(Readable.from([Buffer.from('nothing')]))).toBe('IMAGE_UNREADABLE');
    expect(await images.renew(Readable.from([(await anImage()).subarray(0, 200)]))).toBe('IMAGE_UNREADABLE');
  });
});
