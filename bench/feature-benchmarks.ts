import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools/servers/local-directory.ts';
import type { Setting } from './setting.ts';

/** What a feature measures of itself: a section of the report. */
export type FeatureBenchmark = (setting: Setting, say: (progress: string) => void) => Promise<string>;

const FILES = globSync('libs/features/*/testing/*.bench.ts', { cwd: ROOT }).sort();

/** Those that have one, by name: `testing/<name>.bench.ts`. */
export const MEASURED_FEATURES: readonly string[] = FILES.map((file) => String(file.split('/')[2]));

export async function benchmarkOf(feature: string): Promise<FeatureBenchmark> {
  const file = join(ROOT, `libs/features/${feature}/testing/${feature}.bench.ts`);
  return ((await import(file)) as { measure: FeatureBenchmark }).measure;
}
