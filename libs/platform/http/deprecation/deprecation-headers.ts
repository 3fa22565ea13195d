import type { Deprecation } from './deprecated.decorator.js';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** In milliseconds. @throws Error for what is no day */
export function beginOf(day: string): number {
  const begin = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(begin) || !new Date(begin).toISOString().startsWith(day))
    throw new Error(`${day} is no day such as 2027-03-31.`);
  return begin;
}

/** RFC 9745, section 2, and RFC 8594, section 3. */
export const deprecationHeaders = ({ since, sunset }: Deprecation): Record<string, string> => ({
  deprecation: `@${beginOf(since) / 1000}`,
  sunset: new Date(beginOf(sunset)).toUTCString(),
});

/** RFC 5829, section 3.2. `params`: those of the request, which the address of the successor may want. */
export function successorLink(base: string, successor: string, params: unknown): string {
  const values = params as Readonly<Record<string, string>>;
  const path = successor.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  return `<${base}${path}>; rel="successor-version"`;
}
