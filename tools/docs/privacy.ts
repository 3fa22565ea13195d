import { CLASSES, type PersonalClass, type Table } from '../privacy/catalogue.ts';

/** `expired`: SQL, true for rows that are deleted within the hour. */
export type DocumentedRetention = Readonly<{ table: string; expired: string }>;

/** @throws when nothing is known: the models were not read, or the modules not loaded */
export function privacyDocument(tables: readonly Table[], retentions: readonly DocumentedRetention[]): string {
  if (tables.length === 0 || retentions.length === 0) throw new Error('No table or no retention is known.');
  const classes = Object.entries(CLASSES).map(([name, meaning]) => `| ${name} | ${meaning} |`);
  const rows = tables.filter(isAboutPeople).map((table) => `| \`${table.table}\` | ${columnsOf(table)} |`);
  const others = tables.filter((table) => !isAboutPeople(table)).map(({ table }) => `\`${table}\``);
  const kept = [...retentions]
    .sort((a, b) => a.table.localeCompare(b.table))
    .map(({ table, expired }) => `| \`${table}\` | \`${expired}\` |`);

  return `# What is kept about people

Every column of the database says above its model what it tells about a person: \`/// @pii contact: email, name\`. A test fails for one that does not.
Written by \`npm run docs\` from \`prisma/models\` and from the \`retention\` calls in the code.

| class | what it is |
|---|---|
${classes.join('\n')}

## Tables

| table | columns about people |
|---|---|
${rows.join('\n')}

Nothing about people is in: ${others.join(', ')}.

## How long

Rows of these tables are deleted within the hour when this is true. The others stay until somebody deletes what they are about.

| table | deleted when |
|---|---|
${kept.join('\n')}

Logs and traces hold ids and addresses of the network, never the other classes; how long they are kept is set where they are collected.
`;
}

const isAboutPeople = ({ columns }: Table): boolean => [...columns.values()].some((kind) => kind !== 'none');

function columnsOf({ columns }: Table): string {
  const byClass = Map.groupBy(columns.keys(), (column) => columns.get(column) as PersonalClass);
  return (Object.keys(CLASSES) as PersonalClass[])
    .filter((kind) => kind !== 'none' && byClass.has(kind))
    .map(
      (kind) =>
        `${kind}: ${byClass
          .get(kind)
          ?.map((column) => `\`${column}\``)
          .join(', ')}`,
    )
    .join(' · ');
}
