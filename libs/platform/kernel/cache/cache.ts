import { z } from 'zod';
import { Registry } from '../registry.js';
import type { SensitiveField } from './cacheable.js';

/** Seconds for which what changed is remembered, and so the longest life of an entry. */
export const LONGEST_LIFE_SECONDS = 3_600;

export type CacheDefinition<Value extends object> = Readonly<{
  /** `feature.what-by-what`. Entries in Redis carry it. */
  name: string;
  /** How a value looks in JSON and back (zod codecs): what another release has put into Redis is checked against it. */
  value: z.ZodType<Value>;
  /** An entry is given out for so long; up to a tenth less, so that those that were made together do not end together. */
  ttlSeconds: number;
  /** And so much longer while loading fails. Default 0. It is never given out once it has changed. */
  graceSeconds?: number;
  /** How long it is remembered that there is no such value. Default 0: asked each time. */
  missingSeconds?: number;
  /** Who shares an entry: one request, one process, or everybody, the default: then it is in the memory of processes and in Redis. */
  sharedBy?: 'request' | 'process' | 'everybody';
  /** What else than its own key an entry is forgotten by. */
  tags?: (key: string) => readonly string[];
}>;

/** The message that the type checker shows for a value with such fields. */
type Refused<Field extends string> = `${Field} is sensitive: keep it out of caches`;
type Checked<Value> = [SensitiveField<Value>] extends [never] ? unknown : { value: Refused<SensitiveField<Value>> };

const caches = new Registry<CacheDefinition<never>>('The cache');

/** @throws when the name is taken, or an entry would outlive the memory of what changed */
export function defineCache<Value extends object>(
  definition: CacheDefinition<Value> & Checked<Value>,
): CacheDefinition<Value> {
  const { name, ttlSeconds, graceSeconds = 0, missingSeconds = 0 } = definition;
  if (Math.max(ttlSeconds, missingSeconds) + graceSeconds > LONGEST_LIFE_SECONDS)
    throw new Error(`The cache ${name}: an entry lives ${LONGEST_LIFE_SECONDS} seconds at the most, grace included.`);
  caches.add(name, definition as CacheDefinition<never>);
  return definition;
}

/** A Date in an entry: text in JSON. */
export const cachedDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** What was read before, until it changes. */
export abstract class Cache {
  /**
   * The value of `key`, a short text that was validated. `load` reads it, null when there is none: once for all who ask at the same time,
   * in whichever process. Inside a transaction nothing is cached: it sees what nobody else may see. Values are frozen, for they are shared.
   * @throws what `load` throws, unless there is an entry within its grace
   */
  abstract get<Value extends object>(
    cache: CacheDefinition<Value>,
    key: string,
    load: () => Promise<Value | null>,
  ): Promise<Value | null>;

  /**
   * Forgets the entry, in the transaction of the change: when that commits, not before, and not if it rolls back. From then on this
   * process loads it anew, and within a second every other one.
   */
  abstract forget<Value extends object>(cache: CacheDefinition<Value>, key: string): Promise<void>;

  /** The same for every entry, of whichever cache, that has one of the tags. */
  abstract forgetTagged(...tags: readonly string[]): Promise<void>;
}
