/** For tools/bootstrap.mjs: makes what is missing, or older than its source. With --check it only says, by its exit code, whether anything is. */
import { areTypesOutdated } from '../../client/types-file.ts';
import { isClientOutdated, outdatedCode } from './sources.ts';

if (process.argv.includes('--check')) {
  process.exitCode = isClientOutdated() || areTypesOutdated() || outdatedCode().length > 0 ? 1 : 0;
} else {
  const [{ buildOutdated }, { CommandFailed }] = await Promise.all([import('./build.ts'), import('../../run-node.ts')]);
  try {
    await buildOutdated(new AbortController().signal);
  } catch (error) {
    console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}` : error);
    process.exitCode = 1;
  }
}
