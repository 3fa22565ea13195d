import { globSync } from 'node:fs';
import { bundle, SHIPPED } from '../../bundle/bundle.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { build } from './build.ts';

/** Where the programs are that tests start. */
const TESTED = 'dist/test/bundle';

/** The feature that never ships (test/specimen/README.md), compiled. */
export const buildSpecimen = (): Promise<void> => build(globSync('test/specimen/*.ts', { cwd: ROOT }));

/** All that ships, as it ships, and both services with the specimen. */
export async function bundleWithSpecimen(): Promise<void> {
  await buildSpecimen();
  const specimen = { 'specimen-api': 'dist/test/specimen/api.js', 'specimen-worker': 'dist/test/specimen/worker.js' };
  await bundle({ ...SHIPPED, ...specimen }, TESTED);
}
