/** By its first bytes: what a file is, whatever it is called and said to be. */
export abstract class ContentTypes {
  /** Null for what is not known, such as text. */
  abstract of(start: Uint8Array): Promise<string | null>;
}

/** As much of a file as it takes to know. */
export const START_BYTES = 4_100;
