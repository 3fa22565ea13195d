import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { Copy } from '../features/copy.ts';
import { CommandFailed } from '../run-node.ts';
import { ROOT } from '../servers/local-directory.ts';
import { answersOf } from './answers.ts';
import { initialise } from './initialise.ts';
import { PART_NAMES, withDependents } from './parts.ts';
import { recordOf } from './record.ts';
import { isTemplate, RECORD } from './template-itself.ts';

const HELP = `npm run test:template -- [options]

Makes a project out of a copy of this template under another name, and runs the quick tests there.

  --without=<parts>   leaves parts out, and what needs them; "all" leaves out all
  --whole             runs all of npm test
  --help              this text`;

const GIVEN = { name: 'acme-billing', license: 'Apache-2.0', repository: 'https://github.com/acme/billing' };
const QUICK = 'types,format,unused,links,unit';
/** Those that look at the whole of a project. */
const ABOUT_ALL = ['test/specs', 'apps', 'tools/template', 'tools/openapi/contract'];

/** @returns the exit code of the tests */
function prove(copy: Copy, without: readonly string[], isWhole: boolean): number {
  const answers = answersOf({ ...GIVEN, without });
  initialise(copy, recordOf(ROOT, answers, new Date().getFullYear()));
  const flags = Object.entries(GIVEN).map(([flag, value]) => `--${flag}=${value}`);
  console.log(copy.run(['tools/template/init.ts', '--yes', ...flags, `--without=${without.join(',')}`]));
  const tests = ['tools/checks/test.ts', ...(isWhole ? [] : [`--only=${QUICK}`, ...ABOUT_ALL])];
  return spawnSync(process.execPath, tests, { cwd: copy.root, stdio: 'inherit' }).status ?? 1;
}

function main({ without, isWhole }: { without: string; isWhole: boolean }): number {
  if (!isTemplate(ROOT))
    throw new Error(`This is a project of its own already (${RECORD}): only the template is proven.`);
  const named = without === 'all' ? PART_NAMES : without.split(',').filter(Boolean);
  const copy = new Copy();
  try {
    return prove(copy, withDependents(named), isWhole);
  } finally {
    copy.remove();
  }
}

try {
  const { values } = parseArgs({
    options: {
      without: { type: 'string', default: '' },
      whole: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else process.exitCode = main({ without: values.without, isWhole: values.whole });
} catch (error) {
  console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}` : (error as Error).message);
  process.exitCode = 1;
}
