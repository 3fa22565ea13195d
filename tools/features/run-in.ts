import { spawnSync } from 'node:child_process';
import { CommandFailed, PRISMA } from '../run-node.ts';

export const BUILD_OUTDATED = 'tools/local/build/build-outdated.ts';
const BIOME = 'node_modules/@biomejs/biome/bin/biome';

/** Runs a program of the checkout in `cwd`. @returns what it said. @throws CommandFailed */
export function runIn(cwd: string, args: readonly string[]): string {
  const env = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env });
  if (status !== 0) throw new CommandFailed(args, { exitCode: status ?? 1, output: `${stdout}\n${stderr}` });
  return stdout;
}

/** As npm run format does, and models as Prisma lays them out. */
export function formatIn(root: string): void {
  runIn(root, [PRISMA, 'format']);
  runIn(root, [BIOME, 'check', '--write', 'apps', 'libs', 'prisma', 'tools/docs']);
}

/** openapi.json and what is generated in docs/. */
export function writeDocumentsIn(root: string): void {
  runIn(root, [BUILD_OUTDATED]);
  runIn(root, ['tools/openapi/write.ts']);
  runIn(root, ['tools/docs/write.ts']);
}
