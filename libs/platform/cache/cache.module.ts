import { Global, Module } from '@nestjs/common';
import { Cache } from '../kernel/cache/cache.js';
import { CacheCounts } from './cache-counts.js';
import { Changes } from './changes/changes.js';
import { KnownChanges } from './changes/known-changes.js';
import { Layers } from './entries/layers.js';
import { SharedEntries } from './entries/shared-entries.js';
import { LayeredCache } from './layered-cache.js';

@Global()
@Module({
  providers: [Layers, SharedEntries, KnownChanges, Changes, CacheCounts, { provide: Cache, useClass: LayeredCache }],
  exports: [Cache],
})
export class CacheModule {}
