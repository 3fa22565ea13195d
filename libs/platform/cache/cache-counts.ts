import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import type { CacheDefinition } from '../kernel/cache/cache.js';
import { Layers } from './entries/layers.js';

/** How reads ended: found in a layer, loaded, loaded by somebody else who was waited for, or given out although loading failed. */
const OUTCOMES = {
  request: { 'cache.result': 'hit', 'cache.layer': 'request' },
  process: { 'cache.result': 'hit', 'cache.layer': 'process' },
  redis: { 'cache.result': 'hit', 'cache.layer': 'redis' },
  missed: { 'cache.result': 'miss' },
  coalesced: { 'cache.result': 'coalesced' },
  stale: { 'cache.result': 'stale' },
} as const;
type Outcome = keyof typeof OUTCOMES;
export type Counts = Record<Outcome, number>;

/** Counted as plain numbers and looked at when metrics leave: a hit must cost next to nothing. */
@Injectable()
export class CacheCounts {
  private readonly counts = new Map<string, Counts>();

  constructor(layers: Layers) {
    const meter = metrics.getMeter('cache');
    const requests = meter.createObservableCounter('cache.requests', { description: 'Reads through a cache.' });
    requests.addCallback((result) => {
      for (const [name, counts] of this.counts)
        for (const [outcome, count] of Object.entries(counts))
          result.observe(count, { 'cache.name': name, ...OUTCOMES[outcome as Outcome] });
    });
    const size = meter.createObservableGauge('cache.size', {
      description: 'What is held in memory, as characters of JSON.',
      unit: '{character}',
    });
    size.addCallback((result) => result.observe(layers.process.entries.calculatedSize));
  }

  of({ name }: Pick<CacheDefinition<never>, 'name'>): Counts {
    let counts = this.counts.get(name);
    if (!counts)
      this.counts.set(name, (counts = { request: 0, process: 0, redis: 0, missed: 0, coalesced: 0, stale: 0 }));
    return counts;
  }
}
