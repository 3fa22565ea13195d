/** The part of JSON Schema (draft 2020-12) that this API uses. */
export type Schema = Readonly<{
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  pattern?: string;
  format?: string;
  uniqueItems?: boolean;
  [keyword: string]: unknown;
}>;

export type Schemas = Readonly<Record<string, Schema>>;

/** A schema and the document that its references lead into. */
export type Placed = Readonly<{ schema: Schema; schemas: Schemas }>;

/** What is behind a reference; parts of an `allOf` as one. */
function resolved({ schema, schemas }: Placed): Schema {
  const target = schema.$ref === undefined ? schema : schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (target === undefined) throw new Error(`${schema.$ref} leads nowhere.`);
  if (!target.allOf) return target;

  const parts = [target, ...target.allOf.map((part) => resolved({ schema: part, schemas }))];
  return Object.assign({}, ...parts, {
    allOf: undefined,
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  }) as Schema;
}

/** Each of the shapes that a value may have, without unions. */
export function alternatives(placed: Placed): Schema[] {
  const schema = resolved(placed);
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.flatMap((part) => alternatives({ ...placed, schema: part }));
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => ({ ...schema, type }));
  return [schema];
}
