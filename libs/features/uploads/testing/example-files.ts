import sharp from 'sharp';

type Bytes = Uint8Array<ArrayBuffer>;

const bytes = (content: Uint8Array): Bytes => new Uint8Array(content);

/** A real image, with a place in its metadata. */
export const anImage = async (
  type: 'png' | 'jpeg' | 'webp' = 'png',
  { width = 400, height = 300 } = {},
): Promise<Bytes> =>
  bytes(
    await sharp({ create: { width, height, channels: 3, background: '#a04020' } })
      .withExif({ IFD0: { Copyright: 'secret-place' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .toFormat(type)
      .toBuffer(),
  );

export const aPdf = (body = ''): Bytes =>
  bytes(Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n${body}trailer\n<< /Root 1 0 R >>\n%%EOF\n`));

/** The beginning of one, and as much behind it as it takes. */
export function aVideo(size: number): Bytes {
  const video = Buffer.alloc(size, 7);
  video.write('\0\0\0\u0018ftypisom\0\0\0\0isommp42', 'latin1');
  return bytes(video);
}
