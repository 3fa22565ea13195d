import { checkbox, input, select } from '@inquirer/prompts';
import { type Answers, answersOf, type Given } from './answers.ts';
import { problemsOf, type Taken } from './check-answers.ts';
import { PARTS, withDependents } from './parts.ts';

const LICENSES = ['UNLICENSED', 'MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC'];

/** The one that asks is this process's, unless another one is named. */
export type Terminal = Readonly<{ input?: NodeJS.ReadableStream; output?: NodeJS.WritableStream }>;

/** For what was not given already. What cannot be is said at once, and asked again. */
export async function ask(given: Partial<Answers>, taken: Taken, terminal: Terminal = {}): Promise<Answers> {
  const text = (message: string, proposal: string, problem: (said: string) => string | undefined) =>
    input({ message, ...(proposal && { default: proposal }), validate: (said) => problem(said) ?? true }, terminal);

  const name = given.name ?? (await text('Name, as of a package', '', (said) => firstProblem({ name: said }, taken)));
  const known: Given = { ...given, name };
  const field = async (key: 'title' | 'description' | 'holder' | 'prefix', message: string) =>
    given[key] ?? text(message, answersOf(known)[key], (said) => firstProblem({ name, [key]: said }, taken));

  Object.assign(known, { title: await field('title', 'Title, as people read it') });
  const description = await field('description', 'What it is, in one line');
  const license = given.license ?? (await select({ message: 'License', choices: LICENSES }, terminal));
  const holder = await field('holder', 'Who has the copyright');
  const repository = given.repository ?? (await text(REPOSITORY, '', (said) => problemOfRepository(name, said, taken)));
  const prefix = await field('prefix', 'Prefix of every credential, 2 to 8 letters');
  const without = given.without ?? (await askParts(terminal));
  return { ...answersOf(known), description, license, holder, repository: repository || null, prefix, without };
}

const REPOSITORY = 'Repository, such as https://github.com/acme/billing; empty for none';

/** Everything else as it would be by itself: only one answer is in question. */
const firstProblem = (said: Given, taken: Taken): string | undefined => problemsOf(answersOf(said), taken)[0];

const problemOfRepository = (name: string, said: string, taken: Taken): string | undefined =>
  said === '' ? undefined : firstProblem({ name, repository: said }, taken);

async function askParts(terminal: Terminal): Promise<string[]> {
  const choices = Object.entries(PARTS).map(([value, { title }]) => ({ value, name: `${value}: ${title}` }));
  return withDependents(await checkbox({ message: 'What it does without (with what needs it)', choices }, terminal));
}
