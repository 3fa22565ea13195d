import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../servers/local-directory.ts';
import { type Names, namesOf } from './names.ts';

/** Another feature's entity, which a field refers to. */
export type Target = Names &
  Readonly<{
    /** The model, and the field that is to lead back. */
    model: string;
    isSoftlyDeleted: boolean;
    /** For tests: adds a row with the id $1 of the user $2. */
    insert: string;
  }>;

type Line = Readonly<{ name: string; type: string; rest: string }>;

/** A row that the table takes, by the type of the column in Prisma. Nothing reads it. */
const EXAMPLES: Readonly<Record<string, string>> = {
  String: `'x'`,
  Int: '1',
  BigInt: '1',
  Boolean: 'false',
  DateTime: 'now()',
  Json: `'[]'`,
  Float: '1',
  Decimal: '1',
};

/** @throws Error when there is no such feature, or its rows belong to nobody, so that nobody could say who may refer to them */
export function targetOf(feature: string): Target {
  const names = namesOf(feature);
  const models = globSync('prisma/models/*.prisma', { cwd: ROOT }).map((file) =>
    readFileSync(join(ROOT, file), 'utf8'),
  );
  const schema = models.join('\n');
  const block = new RegExp(`^model (\\w+) \\{([^}]*@@map\\("${names.table}"\\)[^}]*)\\}`, 'm').exec(schema);
  if (!block) throw new Error(`There is no feature ${feature} with a table ${names.table} to refer to.`);

  const [, model = '', text = ''] = block;
  const lines = [...text.matchAll(/^ {2}(\w+) +(\S+)(.*)$/gm)].map(
    ([, name = '', type = '', rest = '']): Line => ({ name, type, rest }),
  );
  if (!lines.some(({ name, type }) => name === 'userId' && type === 'String'))
    throw new Error(`${names.Words} belong to nobody (${model} has no userId), so nothing says who may refer to them.`);
  return {
    ...names,
    model,
    isSoftlyDeleted: lines.some(({ name }) => name === 'deletedAt'),
    insert: insertInto(names.table, lines.filter(isRequiredColumn), schema),
  };
}

const isRequiredColumn = ({ type, rest }: Line): boolean =>
  !/[?\]]$/.test(type) && !rest.includes('@default') && !rest.includes('@relation');

function insertInto(table: string, columns: readonly Line[], schema: string): string {
  const rest = columns.filter(({ name }) => name !== 'id' && name !== 'userId');
  const names = ['id', 'user_id', ...rest.map(({ name, rest }) => /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name)];
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${['$1', '$2', ...rest.map((line) => exampleOf(line, schema))].join(', ')})`;
}

function exampleOf({ name, type, rest }: Line, schema: string): string {
  if (rest.includes('@db.Uuid'))
    throw new Error(`An example of it cannot be made for the tests: ${name} refers to something else.`);
  const [, value] = new RegExp(`^enum ${type} \\{\\s*(\\w+)`, 'm').exec(schema) ?? [];
  return value ? `'${value}'` : (EXAMPLES[type] ?? 'DEFAULT');
}
