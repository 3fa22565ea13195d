import { parse } from 'yaml';

type Step = Readonly<{ uses?: string; run?: string; with?: Readonly<Record<string, unknown>> }>;
type Job = Readonly<{
  steps?: readonly Step[];
  'timeout-minutes'?: number;
  permissions?: Readonly<Record<string, string>>;
}>;
type Workflow = Readonly<{ jobs: Readonly<Record<string, Job>>; permissions?: unknown }>;

/** What a workflow runs besides npm scripts: to prepare its machine and to publish. Whatever checks something is a script, and runs here as well. */
const COMMANDS = [
  /^npm (?:ci|test|run(?: --silent)? [a-z:]+)(?: -- (?:[a-z=, -]|\$\{\{ matrix\.\w+ \}\})+)?(?: > [a-z.]+)?$/,
  /^rm -f node_modules\/\.bin\/node$/,
  /^sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends \w+ && sudo systemctl stop \w+$/,
  /^gh release create /,
];

/** What speaks against a workflow as this repository writes them; actionlint and zizmor see the rest. */
export function objectionsTo(text: string, scripts: ReadonlySet<string>): string[] {
  const { jobs, permissions } = parse(text) as Workflow;
  return [
    ...(isEmpty(permissions) ? [] : ['permissions: {} at the top, and what a job needs in the job']),
    ...unpinned(text),
    ...Object.entries(jobs).flatMap(([name, job]) => objectionsToJob(job, scripts).map((why) => `${name}: ${why}`)),
  ];
}

const isEmpty = (permissions: unknown): boolean =>
  typeof permissions === 'object' && permissions !== null && Object.keys(permissions).length === 0;

/** A tag can be moved to other code, a commit cannot. The version beside it is for readers and Dependabot. */
function unpinned(text: string): string[] {
  return [...text.matchAll(/uses: (.*)/g)]
    .map(([, used = '']) => used)
    .filter((used) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))
    .map((used) => `${used}: name a commit, and its version in a comment`);
}

function objectionsToJob({ steps = [], permissions, ...job }: Job, scripts: ReadonlySet<string>): string[] {
  return [
    ...(permissions ? [] : ['says which permissions it needs']),
    ...(job['timeout-minutes'] ? [] : ['ends after some timeout-minutes']),
    ...steps.flatMap(({ uses, run, with: inputs }) => [
      ...(uses?.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false
        ? ['checks out without leaving credentials: persist-credentials: false']
        : []),
      ...(run === undefined || isKnown(run, scripts) ? [] : [`runs an npm script: ${run}`]),
    ]),
  ];
}

function isKnown(run: string, scripts: ReadonlySet<string>): boolean {
  const [, script] = /^npm run(?: --silent)? ([a-z:]+)/.exec(run) ?? [];
  return COMMANDS.some((command) => command.test(run)) && (script === undefined || scripts.has(script));
}
