/**
 * Reads one cookie, whose value looks like `value`, from a Cookie header (RFC 6265, section 4.2).
 * One pattern per cookie instead of a parser: requests without cookies pay nothing.
 */
export function cookieReader(name: string, value: RegExp): (header: string | undefined) => string | undefined {
  const pattern = new RegExp(`(?:^|;\\s*)${name}=(${value.source})(?=;|$)`);
  return (header) => (header === undefined ? undefined : pattern.exec(header)?.[1]);
}
