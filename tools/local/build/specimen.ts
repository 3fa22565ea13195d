import { globSync } from 'node:fs';
import { ROOT } from '../../servers/local-directory.ts';
import { build } from './build.ts';

/** All that ships, and the feature that never does (test/specimen/README.md). */
export const buildWithSpecimen = (): Promise<void> => build(globSync('test/specimen/*.ts', { cwd: ROOT }));
