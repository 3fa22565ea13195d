import type { RejectionReason } from '../../domain/upload.js';

/** An image as it is kept, and smaller ones of it by name. */
export type KeptImage = Readonly<{ content: Uint8Array; variants: Readonly<Record<string, Uint8Array>> }>;

/** Makes images anew from what is to be seen of them: what else was in the file (places, names, other files) is not in them. */
export abstract class Images {
  /** A code for one that cannot be read, or would take too much memory. Its file is small: it is read whole. */
  abstract renew(file: AsyncIterable<Uint8Array>): Promise<KeptImage | RejectionReason>;
}

export const VARIANT_TYPE = 'image/webp';
