import type { Variable } from './variables.ts';

/** The first pattern that fits a name decides; what fits none belongs to the process. */
const GROUPS: readonly (readonly [title: string, names: RegExp])[] = [
  ['Database', /^DATABASE_/],
  ['Redis', /^REDIS_/],
  ['Authentication', /^(APP_SECRET$|AUTH_)/],
  ['Mail', /^(SMTP|MAIL)_/],
  ['Rate limits', /^RATE_LIMIT/],
  ['Jobs', /^JOBS_/],
  ['Logs and telemetry', /^(LOG|OTEL)_/],
  ['Process and HTTP', /./],
];

export function environmentDocument(variables: readonly Variable[]): string {
  const sections = grouped(variables).map(([title, members]) => {
    const rows = members.map(
      ({ name, description, secret, ...rest }) =>
        `| \`${name}\` | ${setting(rest)} | ${secret ? 'yes' : ''} | ${cell(description, rest)} |`,
    );
    return [`## ${title}`, '', '| variable | default | secret | what it is |', '|---|---|---|---|', ...rows].join('\n');
  });

  return `# Environment

Every variable the service reads. Written by \`npm run docs\` from \`libs/platform/config/env/\`: change it there.

Each variable can also be given as \`NAME_FILE\`, the path of a file that holds the value, as container platforms mount secrets.
An empty variable counts as not set. A process that cannot use its environment names every problem at once and does not start.

${sections.join('\n\n')}
`;
}

/** What is required is set, to a sample; the rest shows its default behind a \`#\`. */
export function environmentExample(variables: readonly Variable[]): string {
  const entries = variables.map(({ name, description, required, defaultValue, sample }) => {
    const setting = required ? `${name}=${sample}` : `# ${name}=${defaultValue || sample}`;
    return `# ${description}\n${setting}\n`;
  });

  return `# Written by \`npm run docs\` from libs/platform/config/env/. \`npm start\` needs none of it.
# Production refuses the samples of secrets.

${entries.join('\n')}`;
}

function grouped(variables: readonly Variable[]): [string, Variable[]][] {
  const groupOf = (name: string) => GROUPS.findIndex(([, names]) => names.test(name));
  return GROUPS.map(([title], index): [string, Variable[]] => [
    title,
    variables.filter(({ name }) => groupOf(name) === index),
  ]).filter(([, members]) => members.length > 0);
}

const setting = ({
  required,
  requiredInProduction,
  defaultValue,
}: Pick<Variable, 'required' | 'requiredInProduction' | 'defaultValue'>): string => {
  if (required) return '**required**';
  if (requiredInProduction) return `\`${defaultValue}\`, **required** in production`;
  return defaultValue ? `\`${defaultValue}\`` : '';
};

function cell(description: string, { choices }: Pick<Variable, 'choices'>): string {
  const text =
    choices.length > 0 ? `${description} One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.` : description;
  return text.replaceAll('|', '\\|');
}
