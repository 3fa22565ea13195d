import { z } from 'zod';

const ENTRY = /^([a-z][a-z-]*)=([1-9]\d{0,9})\/([1-9]\d{0,7})$/;

export type ConfiguredRateLimit = Readonly<{ name: string; requests: number; windowSeconds: number }>;

/** One entry of RATE_LIMITS: `login=1000/60` lets 1000 through in 60 seconds. */
const entry = z.string().transform((text, context): ConfiguredRateLimit => {
  const [, name, requests, windowSeconds] = ENTRY.exec(text) ?? [];
  if (name !== undefined) return { name, requests: Number(requests), windowSeconds: Number(windowSeconds) };
  context.addIssue('must be name=requests/seconds, separated by commas: login=1000/60,mail=50/3600');
  return z.NEVER;
});

const haveOwnNames = (limits: readonly ConfiguredRateLimit[]): boolean =>
  new Set(limits.map(({ name }) => name)).size === limits.length;

export const rateLimits = z.array(entry).refine(haveOwnNames, 'names a limit twice');
