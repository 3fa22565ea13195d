import { type Finding, missing, ok } from '../finding.mjs';

/** Whether a variable names a server, and whether that can be used. */
export type Configured = 'no' | 'usable' | 'unusable';

export async function readConfigured(
  url: string | undefined,
  requireServer: (url: string) => Promise<void>,
): Promise<Configured> {
  if (!url) return 'no';
  return requireServer(url).then(
    () => 'usable',
    () => 'unusable',
  );
}

/** Without the address: it may hold a password. */
export const checkConfigured = (name: string, variable: string, isUsable: boolean): Finding =>
  isUsable
    ? ok(name, `that of ${variable} answers`)
    : missing(name, `that of ${variable} does not let us in`, `start it, correct ${variable}, or unset it`);
