import { builtinModules } from 'node:module';
import licenses from 'spdx-license-ids/index.json' with { type: 'json' };
import type { Answers } from './answers.ts';
import { problemsOfParts } from './parts.ts';
import { TEMPLATE } from './template-itself.ts';

/** Kubernetes allows 63 characters, and some of them are what a name goes on with. */
const NAME = /^(?=.{2,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Stands between quotes in code, and before the address in mails. */
const TITLE = /^(?=.{1,60}$)[\p{L}\p{N}]+(?:[ &-]+[\p{L}\p{N}]+)*$/u;
const LINE = /^(?=.{1,200}$)[^\p{Cc}]*\S[^\p{Cc}]*$/u;
const PREFIX = /^[a-z]{2,8}$/;
const REPOSITORY = /^https:\/\/[\w.-]+(?:\/[\w.~-]+){2,}(?<!\.git)$/;
/** How the credentials of others begin: scanners would take ours for theirs. */
const PREFIXES_OF_OTHERS = [
  'sk',
  'pk',
  'rk',
  'gh',
  'ghp',
  'gho',
  'ghu',
  'ghs',
  'ghr',
  'xox',
  'npm',
  'glpat',
  'pypi',
  'whsec',
];
/** Names that npm refuses, or that Kubernetes has a namespace for. */
const RESERVED = new Set([
  ...builtinModules,
  'npm',
  'node-modules',
  'default',
  'kube-system',
  'test',
  'latest',
  'scratch',
]);

/** Names of packages that are in use here: npm refuses a project that is named like what it depends on. */
export type Taken = ReadonlySet<string>;

/** One line for each thing that is wrong, all at once. */
export function problemsOf(answers: Answers, taken: Taken): string[] {
  const { title, description, holder, repository } = answers;
  const problems = [
    ...problemsOfName(answers.name, taken),
    ...problemsOfPrefix(answers.prefix),
    ...problemsOfLicense(answers.license),
    ...problemsOfParts(answers.without),
  ];
  if (!TITLE.test(title)) problems.push(`The title "${title}" is not made of words: letters, digits, spaces, - and &.`);
  if (title === TEMPLATE.title) problems.push(`"${title}" is the title of the template.`);
  for (const [what, text] of Object.entries({ description, holder }))
    if (!LINE.test(text)) problems.push(`The ${what} is not one line of at most 200 characters.`);
  if (repository !== null && !REPOSITORY.test(repository))
    problems.push(`The repository "${repository}" is no address such as https://github.com/acme/billing.`);
  return problems;
}

function problemsOfName(name: string, taken: Taken): string[] {
  if (!NAME.test(name))
    return [`The name "${name}" is not 2 to 40 lower-case letters and digits, with single dashes: acme-billing.`];
  if (name === TEMPLATE.name || name === TEMPLATE.image) return [`"${name}" is the name of the template.`];
  if (RESERVED.has(name)) return [`The name "${name}" is reserved.`];
  return taken.has(name) ? [`The name "${name}" is that of a package that is used here.`] : [];
}

function problemsOfPrefix(prefix: string): string[] {
  if (!PREFIX.test(prefix)) return [`The prefix "${prefix}" is not 2 to 8 lower-case letters.`];
  if (prefix === TEMPLATE.prefix) return [`"${prefix}" is the prefix of the template.`];
  return PREFIXES_OF_OTHERS.includes(prefix) ? [`Credentials of others begin with "${prefix}".`] : [];
}

const problemsOfLicense = (license: string): string[] =>
  license === 'UNLICENSED' || licenses.includes(license)
    ? []
    : [`"${license}" is no SPDX identifier (https://spdx.org/licenses), and not UNLICENSED.`];
