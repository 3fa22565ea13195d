import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireCleanTree } from '../features/changes.ts';
import { inCopy } from '../features/in-copy.ts';
import { ROOT } from '../servers/local-directory.ts';
import { type Answers, answersOf } from './answers.ts';
import { ask } from './ask.ts';
import { problemsOf, type Taken } from './check-answers.ts';
import { initialise } from './initialise.ts';
import { PARTS } from './parts.ts';
import { differences, type Record, readRecord, recordOf } from './record.ts';
import { RECORD } from './template-itself.ts';

const HELP = `npm run template:init -- [options]

Makes a project of your own out of this template: your name, license and prefix of credentials everywhere, a README and a version of your own, one
migration instead of many, and without the parts that you do not need. Asks for what no option says, where there is a terminal.
Nothing is changed here unless all of it works in a copy.

  --name=<name>          of the package, the images and in Kubernetes: acme-billing
  --title=<words>        the name as people read it; else made of the name
  --description=<line>   what it is
  --license=<id>         an SPDX identifier such as MIT or Apache-2.0; UNLICENSED, if nothing is said
  --holder=<who>         who has the copyright
  --repository=<url>     such as https://github.com/acme/billing
  --prefix=<letters>     how every credential begins, 2 to 8 letters; else made of the name
  --without=<parts>      what goes, separated by commas:
${Object.entries(PARTS)
  .map(([name, { title }]) => `                           ${name.padEnd(16)} ${title}`)
  .join('\n')}
  --yes                  asks nothing: what no option says follows from the name
  --dry-run              shows the files, and changes none
  --help                 this text`;

const EVERYTHING = ['*', '.*', '{.ci,.github,apps,bench,deploy,docs,libs,prisma,test,tools}/**/*'];
const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ name: TEXT, title: TEXT, description: TEXT, license: TEXT, holder: TEXT, repository: TEXT, prefix: TEXT },
      ...{ without: { ...TEXT, multiple: true }, yes: FLAG, 'dry-run': FLAG, help: { ...FLAG, short: 'h' } },
    },
  });
  const { yes, help, 'dry-run': dryRun, without, ...texts } = values;
  if (help) return say(HELP, 0);

  const given = { ...texts, ...(without && { without: partsOf(without) }) };
  const record = readRecord(ROOT);
  if (record) return again(record, given);

  requireCleanTree();
  const answers = await answersFrom(given, !yes && process.stdin.isTTY && process.stdout.isTTY);
  const problems = problemsOf(answers, packagesHere());
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return begin(recordOf(ROOT, answers, new Date().getFullYear()), dryRun);
}

const partsOf = (lists: readonly string[]): string[] => lists.flatMap((list) => list.split(',')).filter(Boolean);

function answersFrom(given: Partial<Answers>, isAsked: boolean): Promise<Answers> | Answers {
  if (isAsked) return ask(given, packagesHere());
  const { name, ...rest } = given;
  if (name === undefined) throw new Error('Say how the project is called: --name=acme-billing');
  return answersOf({ ...rest, name });
}

const begin = (record: Record, dryRun: boolean): number =>
  inCopy({ 'dry-run': dryRun, json: false, force: false, files: EVERYTHING }, () => (copy) => {
    initialise(copy, record);
    return `This is ${record.answers.title} now. Read it with git diff, prove it with npm test, and commit it.`;
  });

/** The same answers change nothing: what they ask for is so, and what was written since is not touched. */
function again(record: Record, given: Partial<Answers>): number {
  const { title } = record.answers;
  const other = differences(record, given);
  if (other.length === 0) return say(`This is ${title} already (${RECORD}): nothing is to do.`, 0);
  const way = 'Go back to the commit before it and begin there; a feature more goes with npm run remove:feature.';
  throw new Error(`This became ${title} with other answers (${RECORD}):\n${other.join('\n')}\n${way}`);
}

function packagesHere(): Taken {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return new Set(Object.keys({ ...dependencies, ...devDependencies }));
}

function say(text: string, exitCode: number): number {
  console.log(text);
  return exitCode;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`${(error as Error).message}\nNothing was changed.`);
  process.exitCode = 1;
}
