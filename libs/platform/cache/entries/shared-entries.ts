import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { CacheDefinition } from '../../kernel/cache/cache.js';
import { REDIS } from '../../redis/redis.js';
import { Snapshot } from '../changes/snapshot.js';
import type { Entry } from './entry.js';
import { LARGEST_ENTRY } from './layers.js';

/** A cache that answers later than this is no help. */
const PATIENCE_MS = 250;
/** After a failure Redis is left alone for so long, so that one that is frozen slows nobody down. */
const PAUSE_MS = 1_000;
/** Who loads longer than this is not waited for: it may have died. */
export const LEASE_MS = 3_000;

/** Deletes a lease that is still one's own. */
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** What was committed when it was loaded tells the finder of an entry whether it is still good. */
export type SharedEntry<Value extends object> = Omit<Entry<Value>, 'place' | 'tags'> & Readonly<{ snapshot: Snapshot }>;

/** The right to load, for LEASE_MS; it is given back when the entry is there, or when there will be none. */
export type Lease = Readonly<{ release: () => void }>;

const envelope = z.object({
  snapshot: z.string(),
  freshUntil: z.number(),
  staleUntil: z.number(),
  value: z.unknown(),
});

/**
 * Entries in Redis, where other processes find them. It is never waited for long, and never believed about what is current: who finds
 * an entry compares its snapshot with the changes. Silent about failures: the connection reports the same outage.
 */
@Injectable()
export class SharedEntries {
  private pausedUntil = 0;

  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** Null when there is none, also when Redis does not say. */
  async find<Value extends object>(cache: CacheDefinition<Value>, id: string): Promise<SharedEntry<Value> | null> {
    const text = await this.ask(() => this.redis.get(entryKey(id)));
    return decoded(cache, text);
  }

  /** `lease` is null while another process holds it. Looks after that: what was stored before somebody gave a lease back is found. */
  async lead<Value extends object>(
    cache: CacheDefinition<Value>,
    id: string,
  ): Promise<{ lease: Lease | null; found: SharedEntry<Value> | null }> {
    const token = randomUUID();
    const answer = await this.ask(() =>
      Promise.all([this.redis.set(leaseKey(id), token, 'PX', LEASE_MS, 'NX'), this.redis.get(entryKey(id))]),
    );
    if (answer === undefined) return { lease: { release: () => undefined }, found: null };

    const [isLeased, text] = answer;
    const release = () => void this.ask(() => this.redis.eval(RELEASE, 1, leaseKey(id), token));
    return { lease: isLeased ? { release } : null, found: decoded(cache, text) };
  }

  /** Nobody waits for it. */
  store(
    id: string,
    { snapshot, freshUntil, staleUntil }: Omit<SharedEntry<object>, 'value' | 'size'>,
    json: string,
  ): void {
    if (json.length > LARGEST_ENTRY) return;
    const head = JSON.stringify({ snapshot: snapshot.text, freshUntil, staleUntil });
    const text = `${head.slice(0, -1)},"value":${json}}`;
    void this.ask(() => this.redis.set(entryKey(id), text, 'PX', Math.ceil(staleUntil - Date.now())));
  }

  /** Undefined when there is no answer in time. */
  private async ask<Answer>(command: () => Promise<Answer>): Promise<Answer | undefined> {
    if (Date.now() < this.pausedUntil) return undefined;
    const silence = Promise.withResolvers<never>();
    // Not before what has arrived is read: it may be this process that was busy.
    const giveUp = () => setImmediate(() => silence.reject(new Error('No answer')));
    const timer = setTimeout(giveUp, PATIENCE_MS);
    try {
      return await Promise.race([command(), silence.promise]);
    } catch {
      this.pausedUntil = Date.now() + PAUSE_MS;
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

// In braces is what a cluster puts onto one server.
const entryKey = (id: string): string => `cache:{${id}}`;
const leaseKey = (id: string): string => `cache:{${id}}:lease`;

/** Null for what is no entry of this definition: another release may have stored it. */
function decoded<Value extends object>(
  { value: schema }: CacheDefinition<Value>,
  text: string | null | undefined,
): SharedEntry<Value> | null {
  if (text === null || text === undefined) return null;
  const { data: found } = envelope.safeParse(parsed(text));
  const snapshot = found && Snapshot.parse(found.snapshot);
  if (!found || !snapshot) return null;

  const value = found.value === null ? { success: true as const, data: null } : schema.safeParse(found.value);
  if (!value.success) return null;
  const { freshUntil, staleUntil } = found;
  return { value: value.data, snapshot, freshUntil, staleUntil, size: text.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
