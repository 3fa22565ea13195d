import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../database/database.js';
import type { Cache, CacheDefinition } from '../kernel/cache/cache.js';
import { CacheCounts } from './cache-counts.js';
import { Changes } from './changes/changes.js';
import { KnownChanges } from './changes/known-changes.js';
import { type Entry, frozen } from './entries/entry.js';
import { type Layer, Layers, type Loading } from './entries/layers.js';
import { LEASE_MS, type Lease, SharedEntries, type SharedEntry } from './entries/shared-entries.js';

/** Lives differ by so much, so that entries that were made together do not end together. */
const JITTER = 0.1;
/** How long a value that could not be loaded anew is given out before it is tried again. */
const RETRY_MS = 1_000;
const FIRST_LOOK_MS = 5;
const LONGEST_LOOK_MS = 50;

type Wanted<Value extends object> = Readonly<{
  cache: CacheDefinition<Value>;
  id: string;
  tags: readonly string[];
  load: () => Promise<Value | null>;
  layer: Layer;
  loading: Loading;
}>;

@Injectable()
export class LayeredCache implements Cache {
  constructor(
    private readonly database: Database,
    private readonly layers: Layers,
    private readonly shared: SharedEntries,
    private readonly changes: Changes,
    private readonly known: KnownChanges,
    private readonly counts: CacheCounts,
  ) {}

  async get<Value extends object>(
    cache: CacheDefinition<Value>,
    key: string,
    load: () => Promise<Value | null>,
  ): Promise<Value | null> {
    const isOfRequest = cache.sharedBy === 'request';
    const layer = isOfRequest ? this.layers.request() : this.layers.process;
    if (layer === null || this.database.inTransaction) return load();

    const id = idOf(cache, key);
    const entry = layer.entries.get(id);
    if (entry && entry.freshUntil > Date.now() && this.known.isCurrent(entry.tags, entry.place)) {
      this.counts.of(cache)[isOfRequest ? 'request' : 'process']++;
      return entry.value as Value | null;
    }
    const tags = [id, ...(cache.tags?.(key) ?? [])];
    return (await this.joinOrFind({ cache, id, tags, load, layer })).value;
  }

  forget<Value extends object>(cache: CacheDefinition<Value>, key: string): Promise<void> {
    return this.changes.record([idOf(cache, key)]);
  }

  forgetTagged(...tags: readonly string[]): Promise<void> {
    return this.changes.record(tags);
  }

  /** What began to load before a change is not good enough for readers after it. */
  private joinOrFind<Value extends object>(wanted: Omit<Wanted<Value>, 'loading'>): Promise<Entry<Value>> {
    const { cache, id, tags, layer } = wanted;
    const running = layer.loading.get(id);
    if (running?.entry && (running.place === null || this.known.isCurrent(tags, running.place))) {
      this.counts.of(cache).coalesced++;
      return running.entry as Promise<Entry<Value>>;
    }
    const loading: Loading = { place: null, entry: null };
    layer.loading.set(id, loading);
    const entry = this.find({ ...wanted, loading }).finally(() => {
      if (layer.loading.get(id) === loading) layer.loading.delete(id);
    });
    loading.entry = entry;
    return entry;
  }

  private async find<Value extends object>(wanted: Wanted<Value>): Promise<Entry<Value>> {
    const { cache, id, tags } = wanted;
    // Without the number of the last change nobody could tell an entry that contains it. If Postgres is away, loading will say so.
    if (!this.known.isSeenBy(tags, this.known.snapshot)) await this.changes.catchUp().catch(() => undefined);
    if (cache.sharedBy !== undefined && cache.sharedBy !== 'everybody') return this.load(wanted, null, null);

    const found = await this.shared.find(cache, id);
    if (found && this.isGood(found, tags)) {
      this.counts.of(cache).redis++;
      return this.keep(wanted, found);
    }
    return this.loadOrWait(wanted);
  }

  /** One process loads; the others look for what it has stored. */
  private async loadOrWait<Value extends object>(wanted: Wanted<Value>): Promise<Entry<Value>> {
    const { cache, id, tags } = wanted;
    const waitsUntil = Date.now() + LEASE_MS;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LONGEST_LOOK_MS)) {
      const { lease, found } = await this.shared.lead(cache, id);
      if (found && this.isGood(found, tags)) {
        lease?.release();
        this.counts.of(cache).coalesced++;
        return this.keep(wanted, found);
      }
      if (lease || Date.now() > waitsUntil) return this.load(wanted, lease, found);
      await sleep(pause);
    }
  }

  private async load<Value extends object>(
    wanted: Wanted<Value>,
    lease: Lease | null,
    found: SharedEntry<Value> | null,
  ): Promise<Entry<Value>> {
    const { place, snapshot } = this.known;
    wanted.loading.place = place;
    try {
      const value = frozen(await wanted.load());
      this.counts.of(wanted.cache).missed++;
      return this.store(wanted, value, { place, snapshot });
    } catch (error) {
      return this.outlast(error, wanted, found);
    } finally {
      lease?.release();
    }
  }

  private store<Value extends object>(
    { cache, id, tags, layer }: Wanted<Value>,
    value: Value | null,
    { place, snapshot }: Pick<KnownChanges, 'place' | 'snapshot'>,
  ): Entry<Value> {
    const { ttlSeconds, missingSeconds = 0, graceSeconds = 0, sharedBy = 'everybody' } = cache;
    const lifeMs = (value === null ? missingSeconds : ttlSeconds) * 1_000 * (1 - Math.random() * JITTER);
    const freshUntil = Date.now() + lifeMs;
    const staleUntil = freshUntil + graceSeconds * 1_000;
    const json = JSON.stringify(value && z.encode(cache.value, value));
    const entry = { value, freshUntil, staleUntil, place, tags, size: json.length };
    // What has changed meanwhile is of no use to anybody else, and must not replace what was loaded after the change.
    if (lifeMs === 0 || !this.known.isCurrent(tags, place)) return entry;

    layer.entries.set(id, entry);
    if (sharedBy === 'everybody') this.shared.store(id, { snapshot, freshUntil, staleUntil }, json);
    return entry;
  }

  /** Found in Redis, for this process as well. */
  private keep<Value extends object>(
    { id, tags, layer }: Pick<Wanted<Value>, 'id' | 'tags' | 'layer'>,
    { value, freshUntil, staleUntil, size }: SharedEntry<Value>,
  ): Entry<Value> {
    const entry = { value: frozen(value), freshUntil, staleUntil, size, tags, place: this.known.place };
    layer.entries.set(id, entry);
    return entry;
  }

  /** What is past its time, but has not changed, serves while loading fails. @throws that failure when there is nothing */
  private outlast<Value extends object>(
    error: unknown,
    wanted: Wanted<Value>,
    found: SharedEntry<Value> | null,
  ): Entry<Value> {
    const { cache, id, tags, layer } = wanted;
    const now = Date.now();
    const held = layer.entries.get(id) as Entry<Value> | undefined;
    const isHeldGood = held && held.staleUntil > now && this.known.isCurrent(tags, held.place);
    const isFoundGood = found && found.staleUntil > now && this.known.isSeenBy(tags, found.snapshot);
    const stale = isHeldGood ? held : isFoundGood && this.keep(wanted, found);
    if (!stale) throw error;

    this.counts.of(cache).stale++;
    const entry = { ...stale, freshUntil: Math.min(now + RETRY_MS, stale.staleUntil) };
    layer.entries.set(id, entry);
    return entry;
  }

  private isGood({ freshUntil, snapshot }: SharedEntry<object>, tags: readonly string[]): boolean {
    return freshUntil > Date.now() && this.known.isSeenBy(tags, snapshot);
  }
}

const idOf = ({ name }: Pick<CacheDefinition<never>, 'name'>, key: string): string => `${name}:${key}`;
