import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { columnOf, type Field, parseField } from './fields.ts';
import { type Names, namesOf } from './names.ts';

const TEMPLATES = fileURLToPath(new URL('./files', import.meta.url));
const SUFFIX = '.eta';

/** What a person asks for. `job`: with a job, its handler and events; `crud`: with routes. */
export type Request = Readonly<{ name: string; fields: readonly string[]; job: boolean; crud: boolean }>;

export type Slice = Names & Readonly<{ fields: readonly Field[]; job: boolean; crud: boolean }>;

/** Where nobody says what it holds. */
const USUAL_FIELDS = ['name:string'];

/** Files that only some slices have. */
const ONLY_WITH: readonly (readonly [RegExp, 'job' | 'crud'])[] = [
  [/\/confirm-|\.events\.ts|\.jobs\.ts|create-\w+\.int\.spec/, 'job'],
  [/^http\/|\/(?:get|change|delete)-|\.permissions\.ts|\.access\.ts|\.client\.ts|-app\.ts|\.e2e\.spec\.ts/, 'crud'],
];

/** @throws Error that says what is wrong with the name or with a field */
export function sliceOf({ name, fields: asked, job, crud }: Request): Slice {
  const names = namesOf(name);
  const fields = (asked.length > 0 ? asked : USUAL_FIELDS).map((text) => parseField(text, names));
  const twice = fields.find((field, at) => fields.findIndex((other) => other.name === field.name) !== at);
  if (twice) throw new Error(`There are two fields ${twice.name}.`);
  return { ...names, fields, job, crud };
}

/** By path: the folder of the feature, and its model. */
export function filesOf(slice: Slice): ReadonlyMap<string, string> {
  const eta = new Eta({ useWith: true, autoEscape: false, autoTrim: [false, 'nl'] });
  const data = dataOf(slice);
  const files = new Map<string, string>();
  for (const template of globSync(`**/*${SUFFIX}`, { cwd: TEMPLATES }).sort()) {
    const path = join(dirname(template), nameOf(basename(template, SUFFIX), slice));
    if (ONLY_WITH.some(([pattern, part]) => pattern.test(template) && !slice[part])) continue;
    files.set(
      `libs/features/${slice.plural}/${path}`,
      eta.renderString(readFileSync(join(TEMPLATES, template), 'utf8'), data),
    );
  }
  return files.set(`prisma/models/${slice.plural}.prisma`, modelOf(slice));
}

const nameOf = (template: string, { plural, singular }: Names): string =>
  template.replaceAll('__plural__', plural).replaceAll('__singular__', singular);

/** What templates ask about all fields. */
function dataOf(slice: Slice) {
  const { fields, one, Singular } = slice;
  const ofType = (...types: string[]) => fields.filter(({ type }) => types.includes(type));
  const moneys = ofType('money');
  const converted = fields.filter(({ toRow }) => toRow !== undefined);
  return {
    ...slice,
    references: ofType('reference'),
    enums: ofType('enum'),
    nullables: fields.filter(({ isNullable }) => isNullable),
    moneys,
    converted,
    has: { money: moneys.length > 0, text: ofType('string', 'text').length > 0, converted: converted.length > 0 },
    Row: moneys.length > 0 ? 'Row' : Singular,
    toEntity: `to${Singular}`,
    toRow: converted.length > 0 ? `toRow(${one})` : one,
  };
}

function modelOf({ Singular, one, table, fields, job }: Slice): string {
  const enums = fields.flatMap(({ values, Enum, name }) =>
    values ? [`enum ${Enum} {`, ...values, `@@map("${columnOf(one)}_${columnOf(name)}")`, '}', ''] : [],
  );
  const references = fields.filter(({ target }) => target !== undefined);
  const relations = references.map(({ name, target, isNullable }) => {
    const action = isNullable ? 'SetNull' : 'Cascade';
    return `${name.slice(0, -'Id'.length)} ${target?.model}${isNullable ? '?' : ''} @relation(fields: [${name}], references: [id], onDelete: ${action})`;
  });
  return [
    ...enums,
    ...classesOf(fields, job),
    `model ${Singular} {`,
    'id String @id @db.Uuid',
    'userId String @map("user_id") @db.Uuid',
    '/// Grows by one with every change; the ETag.',
    'version Int',
    ...fields.flatMap(({ model }) => model),
    'createdAt DateTime @map("created_at") @db.Timestamptz(3)',
    'updatedAt DateTime @map("updated_at") @db.Timestamptz(3)',
    ...(job ? ['confirmedAt DateTime? @map("confirmed_at") @db.Timestamptz(3)'] : []),
    'user User @relation(fields: [userId], references: [id], onDelete: Cascade)',
    ...relations,
    '',
    '@@index([userId, id])',
    ...references.map(({ name }) => `@@index([${name}])`),
    `@@map("${table}")`,
    '}',
    '',
  ].join('\n');
}

/** What each column says about a person, as tools/privacy asks for it: texts are taken for what somebody wrote. */
function classesOf(fields: readonly Field[], job: boolean): string[] {
  const texts = fields.filter(({ type }) => type === 'string' || type === 'text').map(({ name }) => name);
  const others = fields.filter(({ name }) => !texts.includes(name)).flatMap(({ model }) => model.flatMap(columnIn));
  return [
    '/// @pii identifier: userId',
    ...(texts.length > 0 ? [`/// @pii content: ${texts.join(', ')}`] : []),
    `/// @pii activity: createdAt, updatedAt${job ? ', confirmedAt' : ''}`,
    `/// @pii none: ${['id', 'version', ...others].join(', ')}`,
  ];
}

/** A field such as money has several; a line may be a comment. */
const columnIn = (line: string): string[] => line.trim().match(/^\w+/) ?? [];

/** What the models that it refers to say of it, by model. */
export function backRelationsOf({ Singular, many, fields }: Slice): ReadonlyMap<string, string> {
  const models = ['User', ...fields.flatMap(({ target }) => target?.model ?? [])];
  return new Map(models.map((model) => [model, `  ${many} ${Singular}[]`]));
}
