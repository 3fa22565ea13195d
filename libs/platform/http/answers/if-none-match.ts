/**
 * Whether the caller already has what `etag` stands for (RFC 9110, section 13.1.2). The comparison is weak, because proxies that
 * compress make the tag weak; `*` stands for anything there is.
 */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
