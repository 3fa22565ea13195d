export type Schema = Readonly<{
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  example?: unknown;
  examples?: readonly unknown[];
  default?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  anyOf?: readonly Schema[];
}>;
export type Schemas = Readonly<Record<string, Schema>>;

/** `missing`: the places, such as `items.sku`, of which no example can be made. */
type Composed = Readonly<{ value: unknown; missing: readonly string[] }>;

const complete = (value: unknown): Composed => ({ value, missing: [] });

/**
 * What the pages that show openapi.json make of a schema: its example, its default, the first of its values, or else what its parts make together.
 * Nothing is made up here: pages would show `"string"`.
 */
export function compose(schema: Schema, schemas: Schemas, place = ''): Composed {
  const { example, examples = [], enum: values = [] } = schema;
  const [given] = [example, examples[0], schema.default, values[0]].filter((value) => value !== undefined);
  if (given !== undefined) return complete(given);

  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return compose(schemas[name] ?? {}, schemas, place);
  if (schema.anyOf?.[0]) return compose(schema.anyOf[0], schemas, place);
  return composeParts(schema, schemas, place);
}

function composeParts({ type, format, properties, items }: Schema, schemas: Schemas, place: string): Composed {
  if (type === 'boolean') return complete(true);
  if (type === 'object') return composeObject(properties ?? {}, schemas, place);
  if (type === 'array' && items) {
    const { value, missing } = compose(items, schemas, `${place}[]`);
    return { value: [value], missing };
  }
  // A file.
  if (format === 'binary') return complete('');
  return { value: undefined, missing: [place] };
}

function composeObject(properties: Readonly<Record<string, Schema>>, schemas: Schemas, place: string): Composed {
  const parts = Object.entries(properties).map(([name, schema]) => {
    const part = compose(schema, schemas, place === '' ? name : `${place}.${name}`);
    return [name, part] as const;
  });
  return {
    value: Object.fromEntries(parts.map(([name, { value }]) => [name, value])),
    missing: parts.flatMap(([, { missing }]) => missing),
  };
}
