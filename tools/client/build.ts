/** Before npm packs libs/client: makes the types of openapi.json, and compiles what front ends install. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed, requireNode } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';

const COMPILE = ['node_modules/typescript-7/bin/tsc', '-p', 'libs/client/tsconfig.build.json'];

try {
  await requireNode(['tools/client/write.ts'], {});
  rmSync(join(ROOT, 'libs/client/dist'), { recursive: true, force: true });
  await requireNode(COMPILE, {});
} catch (error) {
  console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}` : error);
  process.exitCode = 1;
}
