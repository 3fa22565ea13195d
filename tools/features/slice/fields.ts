import { pluralize } from 'inflection';
import { articleOf, capitalized, pascal } from './names.ts';
import { type Target, targetOf } from './targets.ts';

/** What a field is called in the code that is generated, and what stands for it there. */
export type Field = Readonly<{
  name: string;
  type: string;
  isNullable: boolean;
  /** In the type of the entity. */
  entityType: string;
  orNull: string;
  /** Zod schemas. */
  input: string;
  output: string;
  /** In the model, without the line of a relation; and in the list of a SELECT. */
  model: readonly string[];
  columns: readonly string[];
  /** From and to a row of Prisma, where that is not the same. */
  fromRow?: string;
  toRow?: string;
  /** Literals: two values that are allowed and differ, and some that are refused. */
  sample: string;
  other: string;
  invalid: readonly string[];
}> &
  Partial<EnumNames> &
  Partial<ReferenceNames>;

type EnumNames = { values: readonly string[]; VALUES: string; Enum: string };
type ReferenceNames = {
  target: Target;
  Error: string;
  ERROR: string;
  /** The method that asks whose it is, and its statement. */
  owns: string;
  OWNS: string;
  ownsName: string;
  /** Of the fake: whose each is. */
  owned: string;
  /** Test helpers. */
  stored: string;
  aTargetId: string;
  INSERT: string;
};

type Described = Omit<Field, 'name' | 'type' | 'isNullable' | 'entityType' | 'orNull'> & { entityType: string };
type Given = Readonly<{ name: string; column: string; optional: '' | '?'; argument: string; owner: Owner }>;
/** The entity that has the field. */
export type Owner = Readonly<{ Singular: string; CONSTANT: string; table: string }>;

const TEXT = (most: number) => `z.string().trim().min(1).max(${most}).regex(NO_NUL, 'Expected text without NUL')`;
/** For readers of openapi.json. Types that have a format, or values of their own, need none. */
const shown = (sample: string) => `.meta({ examples: [${sample}] })`;
const UUIDS = ['01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8058'] as const;

const plain = (
  { name, column, optional }: Given,
  prisma: string,
  described: Omit<Described, 'model' | 'columns'>,
): Described => ({
  ...described,
  model: [modelLine(name, column, `${prisma.split(' ')[0]}${optional}`, prisma.split(' ').slice(1).join(' '))],
  columns: [selected(name, column)],
});

/** One line for each type; its value in a model is what Prisma names it, with attributes behind. */
const TYPES: Readonly<Record<string, (given: Given) => Described>> = {
  string: (given) =>
    plain(given, 'String', {
      entityType: 'string',
      input: `${TEXT(200)}${shown(`'Some ${given.name}'`)}`,
      output: `z.string()${shown(`'Some ${given.name}'`)}`,
      sample: `'Some ${given.name}'`,
      other: `'Another ${given.name}'`,
      invalid: [`''`, `'NUL \\0'`, `'x'.repeat(201)`],
    }),
  text: (given) =>
    plain(given, 'String', {
      entityType: 'string',
      input: `${TEXT(10_000)}${shown(`'Several\\nlines.'`)}`,
      output: `z.string()${shown(`'Several\\nlines.'`)}`,
      sample: `'Several\\nlines.'`,
      other: `'One line.'`,
      invalid: [`''`, `'NUL \\0'`, `'x'.repeat(10_001)`],
    }),
  int: (given) =>
    plain(given, 'Int', {
      entityType: 'number',
      input: `z.int().min(0).max(2_147_483_647)${shown('7')}`,
      output: `z.int()${shown('7')}`,
      sample: '7',
      other: '0',
      invalid: ['-1', '0.5', '2_147_483_648', `'7'`],
    }),
  boolean: (given) =>
    plain(given, 'Boolean', {
      entityType: 'boolean',
      input: 'z.boolean()',
      output: 'z.boolean()',
      sample: 'true',
      other: 'false',
      invalid: [`'true'`, '1'],
    }),
  date: (given) => ({
    ...plain(given, 'DateTime @db.Date', {
      entityType: 'string',
      input: 'z.iso.date()',
      output: 'z.iso.date()',
      sample: `'2030-02-28'`,
      other: `'2031-12-31'`,
      invalid: [`'2030-02-30'`, `'tomorrow'`, `'2030-01-01T00:00:00Z'`],
    }),
    columns: [`${given.column}::text AS "${given.name}"`],
    toRow: `${given.name}: ${given.optional ? `${given.name} && ` : ''}new Date(${given.name})`,
  }),
  money: ({ name, column, optional }) => ({
    entityType: 'Money',
    input: 'moneyInput(MOST_AMOUNT)',
    output: 'moneyOutput',
    model: [
      `/// Smallest units of the currency.`,
      modelLine(`${name}Amount`, `${column}_amount`, `BigInt${optional}`),
      modelLine(`${name}Currency`, `${column}_currency`, `String${optional}`, '@db.Char(3)'),
    ],
    columns: [selected(`${name}Amount`, `${column}_amount`), selected(`${name}Currency`, `${column}_currency`)],
    fromRow: optional
      ? `${name}: ${name}Amount !== null && ${name}Currency !== null ? { amount: ${name}Amount, currency: ${name}Currency } : null`
      : `${name}: { amount: ${name}Amount, currency: ${name}Currency }`,
    toRow: optional
      ? `${name}Amount: ${name}?.amount ?? null, ${name}Currency: ${name}?.currency ?? null`
      : `${name}Amount: ${name}.amount, ${name}Currency: ${name}.currency`,
    sample: `{ amount: 1250, currency: 'EUR' }`,
    other: `{ amount: 0, currency: 'JPY' }`,
    invalid: [`{ amount: -1, currency: 'EUR' }`, `{ amount: 1, currency: 'eur' }`, '12.5'],
  }),
  enum: (given) => {
    const values = given.argument.split(/[/+]/).filter((value) => value !== '');
    if (
      values.length < 2 ||
      new Set(values).size < values.length ||
      !values.every((value) => /^[a-z][a-z0-9_]*$/.test(value))
    )
      throw new Error(
        `The values of ${given.name} are missing: two or more words such as ${given.name}:enum:draft/sent.`,
      );

    const Enum = `${given.owner.Singular}${capitalized(given.name)}`;
    const VALUES = `${given.owner.CONSTANT}_${inConstants(pluralize(given.name))}`;
    return {
      ...plain(given, Enum, {
        entityType: Enum,
        input: `z.enum(${VALUES})`,
        output: `z.enum(${VALUES})`,
        sample: `'${values[0]}'`,
        other: `'${values[1]}'`,
        invalid: [`'${values.join('')}'`, 'null'].slice(0, given.optional ? 1 : 2),
      }),
      ...{ values, VALUES, Enum },
    };
  },
  reference: (given) => {
    if (!/^[a-z]\w*Id$/.test(given.name))
      throw new Error(
        `A field that refers to something is named after it: ${given.name}Id:reference:${given.argument}.`,
      );

    const target = targetOf(given.argument);
    const about = capitalized(given.name.slice(0, -'Id'.length));
    return {
      ...plain(given, 'String @db.Uuid', {
        entityType: 'string',
        input: 'z.uuid().toLowerCase()',
        output: 'z.uuid()',
        sample: `'${UUIDS[0]}'`,
        other: `'${UUIDS[1]}'`,
        invalid: [`'1'`, '1'],
      }),
      target,
      Error: `${given.owner.Singular}${about}NotFound`,
      ERROR: `${given.owner.CONSTANT}_${inConstants(about)}_NOT_FOUND`,
      owns: `owns${about}`,
      OWNS: `OWNS_${inConstants(about)}`,
      ownsName: `owns-${inConstants(about).toLowerCase().replaceAll('_', '-')}`,
      owned: `ownersOf${pascal(about)}`,
      stored: `aStored${about}Id`,
      aTargetId: `${articleOf(about.toLowerCase())}${about}Id`,
      INSERT: `INSERT_${inConstants(about)}`,
    };
  },
};

export const FIELD_TYPES = Object.keys(TYPES);

/** Names that every entity has already. */
const TAKEN = new Set('id userId user version createdAt updatedAt confirmedAt deletedAt constructor'.split(' '));

/** `dueOn:date`, `note:text?`, `size:enum:small/large`, `orderId:reference:orders`. @throws Error that says what is wrong */
export function parseField(text: string, owner: Owner): Field {
  const [name = '', typeAndMark = '', argument = ''] = text.split(':');
  const isNullable = text.endsWith('?');
  const optional = isNullable ? '?' : '';
  const type = typeAndMark.replace('?', '');
  if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(name))
    throw new Error(`"${name}" is no name for a field: camelCase, beginning with a small letter, such as dueOn.`);
  if (TAKEN.has(name)) throw new Error(`Every feature has a field ${name} already.`);
  const describe = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!describe) throw new Error(`"${type}" is no type of a field. There are: ${FIELD_TYPES.join(', ')}.`);

  const described = describe({ name, column: columnOf(name), optional, argument: argument.replace('?', ''), owner });
  const orNull = isNullable ? ' | null' : '';
  return { ...described, name, type, isNullable, orNull, entityType: `${described.entityType}${orNull}` };
}

/** `due_on` of `dueOn`. */
export const columnOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const inConstants = (name: string): string => columnOf(name).replace(/^_/, '').toUpperCase();

const modelLine = (name: string, column: string, type: string, attributes = ''): string =>
  [name, type, ...(column === name ? [] : [`@map("${column}")`]), attributes].join(' ').trimEnd();
const selected = (name: string, column: string): string => (column === name ? name : `${column} AS "${name}"`);
