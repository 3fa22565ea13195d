/** Where a finished sign-in may send the browser. */
export abstract class RedirectUris {
  /** Character by character: every cleverer comparison has been fooled (RFC 9700, section 4.1). */
  abstract has(uri: string): boolean;
}
