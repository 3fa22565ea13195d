/** Looks for malware. */
export abstract class Scanner {
  /**
   * False when something was found. It opens the content if it looks at it.
   * @throws when nobody could look: then it is tried again
   */
  abstract isClean(open: () => Promise<AsyncIterable<Uint8Array>>): Promise<boolean>;
}
