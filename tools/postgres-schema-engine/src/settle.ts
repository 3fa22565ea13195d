import { existsSync, realpathSync } from 'node:fs';
import { engineProgram, PROGRAM } from './engine-program.ts';
import { enginesFolder, hasNativeEngine } from './native-engine.ts';

/**
 * To be awaited in prisma.config.ts, which Prisma reads before it looks for its engine: has it use its own where that is here or can be
 * fetched, and this package where not. What PRISMA_SCHEMA_ENGINE_BINARY names already is used.
 * @returns which of the two Prisma starts: they read connection strings differently
 */
export async function settleSchemaEngine(
  env: NodeJS.ProcessEnv,
  folder: string = enginesFolder(),
): Promise<'native' | 'wasm'> {
  env.SCHEMA_ENGINE_NODE ??= process.execPath;
  const { PRISMA_SCHEMA_ENGINE_BINARY: named } = env;
  if (named) return isThisPackage(named) ? 'wasm' : 'native';
  // Windows starts no shell scripts.
  if (process.platform === 'win32' || (await hasNativeEngine(folder, env))) return 'native';
  env.PRISMA_SCHEMA_ENGINE_BINARY = engineProgram();
  return 'wasm';
}

/** A path that leads nowhere is left to Prisma, which says so. */
const isThisPackage = (program: string): boolean =>
  existsSync(program) && realpathSync(program) === realpathSync(PROGRAM);
