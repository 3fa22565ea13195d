import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a column says about a person. The order is that of the document. */
export const CLASSES = {
  contact: 'How to reach somebody, and what they are called.',
  identifier: 'Which person it is about, by an id that says nothing else.',
  content: 'What somebody wrote, or what was agreed with them.',
  activity: 'When and from where somebody did something.',
  secret: 'What proves who somebody is: only as a hash, or encrypted.',
  none: 'Nothing about a person.',
} as const;

export type PersonalClass = keyof typeof CLASSES;

/** `columns` as the database calls them. */
export type Table = Readonly<{ table: string; columns: ReadonlyMap<string, PersonalClass> }>;

export type Catalogue = Readonly<{ tables: readonly Table[]; problems: readonly string[] }>;

type Model = Readonly<{ name: string; comments: string; body: string }>;

const MODEL = /((?:^\/\/\/.*\n)*)^model (\w+) \{\n([^]*?)^\}/gm;
const MARK = /^\/\/\/ @pii (\w+): (.*)$/gm;
const FIELD = /^ {2}(\w+) +(\w+)/gm;

/** Every column of every model in `root`, by what was declared above it: `/// @pii contact: email, name`. */
export function catalogueOf(root: string): Catalogue {
  const files = globSync('prisma/models/*.prisma', { cwd: root }).sort();
  const models = files.flatMap((file) => modelsIn(readFileSync(join(root, file), 'utf8')));
  const names = new Set(models.map(({ name }) => name));
  return {
    tables: models.map((model) => tableOf(model, names)),
    problems: models.flatMap((model) => problemsOf(model, names)),
  };
}

const modelsIn = (text: string): Model[] =>
  [...text.matchAll(MODEL)].map(([, comments = '', name = '', body = '']) => ({ name, comments, body }));

function tableOf(model: Model, models: ReadonlySet<string>): Table {
  const classes = classesOf(model);
  const columns = fieldsOf(model, models).map(
    (field) => [columnOf(model, field), (classes.get(field) ?? 'none') as PersonalClass] as const,
  );
  const [, table = model.name] = /@@map\("(\w+)"\)/.exec(model.body) ?? [];
  return { table, columns: new Map(columns) };
}

function problemsOf(model: Model, models: ReadonlySet<string>): string[] {
  const classes = classesOf(model);
  const fields = fieldsOf(model, models);
  const where = (field: string): string => `${model.name}.${field}`;
  return [
    ...fields.filter((field) => !classes.has(field)).map((field) => `${where(field)} has no class`),
    ...[...classes.keys()].filter((field) => !fields.includes(field)).map((field) => `${where(field)} is no column`),
    ...[...classes]
      .filter(([, kind]) => !(kind in CLASSES))
      .map(([field, kind]) => `${where(field)}: there is no class ${kind}`),
  ];
}

/** By field, as they were declared. */
const classesOf = ({ comments }: Model): Map<string, string> =>
  new Map(
    [...comments.matchAll(MARK)].flatMap(([, kind = '', fields = '']) =>
      fields.split(',').map((field) => [field.trim(), kind] as const),
    ),
  );

/** Those that are columns: a field of another model's type is a relation. */
const fieldsOf = ({ body }: Model, models: ReadonlySet<string>): string[] =>
  [...body.matchAll(FIELD)].flatMap(([, field = '', type = '']) => (models.has(type) ? [] : [field]));

function columnOf({ body }: Model, field: string): string {
  const [line = ''] = new RegExp(`^ {2}${field} .*$`, 'm').exec(body) ?? [];
  return /@map\("(\w+)"\)/.exec(line)?.[1] ?? field;
}
