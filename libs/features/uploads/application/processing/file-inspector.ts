export type Inspected = Readonly<{
  size: number;
  /** In hex. */
  sha256: string;
  /** What its first bytes are of; null for what is not known. */
  contentType: string | null;
  /** Its last TAIL_BYTES. */
  tail: Uint8Array;
}>;

/** Finds out what a file is, in one reading of it and without its being in memory. */
export abstract class FileInspector {
  abstract inspect(content: AsyncIterable<Uint8Array>): Promise<Inspected>;
}

/** As much of the end of a file as a ZIP archive needs to be recognised there. */
export const TAIL_BYTES = 66_000;
