import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type CurrentRequest, currentRequest } from '../../request/current-request.js';
import type { Entry } from './entry.js';

/** Characters of JSON, which take about twice as many bytes. */
const MOST_CHARACTERS = 16 * 1_048_576;
/** What is larger is not kept: it would push out everything else. */
export const LARGEST_ENTRY = 1_048_576;

/** Loading under way. `place` is where the changes stood when it began; null while it has not. */
export type Loading = { place: number | null; entry: Promise<Entry> | null };

/** What is held in memory, and what is about to be. */
export type Layer = Readonly<{
  entries: Readonly<{ get: (id: string) => Entry | undefined; set: (id: string, entry: Entry) => unknown }>;
  loading: Map<string, Loading>;
}>;

/** The memory of this process, bounded, and that of each request, which ends with it. */
@Injectable()
export class Layers {
  readonly process = {
    entries: new LRUCache<string, Entry>({
      maxSize: MOST_CHARACTERS,
      maxEntrySize: LARGEST_ENTRY,
      sizeCalculation: ({ size }, id) => size + id.length,
    }),
    loading: new Map<string, Loading>(),
  } satisfies Layer;
  private readonly requests = new WeakMap<CurrentRequest, Layer>();

  /** Null when no request is being served. */
  request(): Layer | null {
    const request = currentRequest();
    if (!request) return null;

    let layer = this.requests.get(request);
    if (!layer) this.requests.set(request, (layer = { entries: new Map(), loading: new Map() }));
    return layer;
  }
}
