const NOT_PLAIN = /[^\w.-]/g;
/** What encodeURIComponent leaves as it is and RFC 5987 does not. */
const NOT_ENCODED = /['()*]/g;

/**
 * Content-Disposition of a file that is saved and never shown in a page, whatever is in it (RFC 6266): its name for everybody, and for
 * those who can read it the name with all its letters.
 */
export function attachment(name: string): string {
  const plain = name.replaceAll(NOT_PLAIN, '_');
  if (plain === name) return `attachment; filename="${name}"`;
  const encoded = encodeURIComponent(name).replaceAll(
    NOT_ENCODED,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
