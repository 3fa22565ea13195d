import { checkbox, input, select } from '@inquirer/prompts';
import { type Answers, answersOf, type Given } from './answers.ts';
import { problemsOf, type Taken } from './check-answers.ts';
import { PARTS, withDependents } from './parts.ts';

const LICENSES = ['UNLICENSED', 'MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC'];

/** At the terminal, for what was not given already. What cannot be is said at once, and asked again. */
export async function ask(given: Partial<Answers>, taken: Taken): Promise<Answers> {
  const name =
    given.name ?? (await askText('Name, as of a package', '', (text) => firstProblem({ name: text }, taken)));
  const known: Given = { ...given, name };
  const text = (field: 'title' | 'description' | 'holder' | 'prefix', message: string) =>
    given[field] ?? askText(message, answersOf(known)[field], (said) => firstProblem({ name, [field]: said }, taken));

  const title = await text('title', 'Title, as people read it');
  Object.assign(known, { title });
  return {
    name,
    title,
    description: await text('description', 'What it is, in one line'),
    license: given.license ?? (await select({ message: 'License', choices: LICENSES })),
    holder: await text('holder', 'Who has the copyright'),
    repository: given.repository === undefined ? await askRepository(name, taken) : given.repository,
    prefix: await text('prefix', 'Prefix of every credential, 2 to 8 letters'),
    without: given.without ?? (await askParts()),
  };
}

/** Everything else as it would be by itself: only one answer is in question. */
const firstProblem = (said: Given, taken: Taken): string | undefined => problemsOf(answersOf(said), taken)[0];

const askText = (message: string, proposal: string, problem: (text: string) => string | undefined): Promise<string> =>
  input({ message, ...(proposal && { default: proposal }), validate: (text) => problem(text) ?? true });

async function askRepository(name: string, taken: Taken): Promise<string | null> {
  const message = 'Repository, such as https://github.com/acme/billing; empty for none';
  const problem = (text: string) => (text === '' ? undefined : firstProblem({ name, repository: text }, taken));
  return (await askText(message, '', problem)) || null;
}

const askParts = async (): Promise<string[]> =>
  withDependents(
    await checkbox({
      message: 'What it does without (with what needs it)',
      choices: Object.entries(PARTS).map(([value, { title }]) => ({ value, name: `${value}: ${title}` })),
    }),
  );
