import type { StoredFile } from '../../kernel/storage.js';

/** Who hands out what is in the bucket. */
export abstract class Links {
  /** @returns an address that works without any other credential until then */
  abstract to(file: StoredFile, seconds: number): Promise<string>;
}
