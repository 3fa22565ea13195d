import type { CacheResult } from './cache.ts';

const OVER_BARE_AT_MOST = 2;

export function cacheSection({ bare, again, cached }: CacheResult): string {
  const rows = [
    ['`lru-cache`, awaited', bare],
    ['`lru-cache`, awaited, again', again],
    ['the cache, after a change of something else', cached],
  ] as const;
  return [
    '## A hit in the memory of the process',
    '',
    'Microseconds of CPU to find an entry, medians of rounds in turn.',
    '',
    '| | µs |',
    '| --- | ---: |',
    ...rows.map(([name, microseconds]) => `| ${name} | ${microseconds.toFixed(2)} |`),
    '',
    `- over the bare library: **${(cached - bare).toFixed(2)} µs** (at most ${OVER_BARE_AT_MOST})`,
  ].join('\n');
}
