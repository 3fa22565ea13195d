import { z } from 'zod';
import type { OperationObject, SchemaObject } from '../http/answers/openapi-types.js';

/** Marks schemas that accept `undefined`, until completeBody turns the mark into `required: false`; JSON Schema cannot express it. */
const ACCEPTS_UNDEFINED = 'x-accepts-undefined';

/** Of what looks alike everywhere, so that no schema has to say it. */
const EXAMPLES: Readonly<Record<string, string>> = {
  uuid: '01979a3c-5b1e-7c40-9d2a-3f6b8e1c0a57',
  'date-time': '2026-03-01T09:30:00.000Z',
  date: '2026-03-01',
};

type Converted = Readonly<{ schema: SchemaObject; components: Record<string, SchemaObject> }>;

/**
 * A schema with an id in its metadata, as in `.meta({ id: 'Order' })`, stands in the components under that name, and whatever uses it refers to it:
 * generated clients get one type of that name.
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): Converted {
  const options = { target: 'draft-2020-12', io, unrepresentable: 'any', override: addExample } as const;
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, options);
  const components = Object.fromEntries(Object.entries($defs).map(([id, part]) => [id, withoutId(part)]));
  const acceptsUndefined = io === 'input' && schema.safeParse(undefined).success;
  return { schema: { ...root, ...(acceptsUndefined && { [ACCEPTS_UNDEFINED]: true }) } as SchemaObject, components };
}

function addExample({ jsonSchema }: { jsonSchema: { format?: string; examples?: unknown } }): void {
  const example = EXAMPLES[jsonSchema.format ?? ''];
  if (example !== undefined) jsonSchema.examples ??= [example];
}

const withoutId = ({ id: _, ...schema }: object & { id?: unknown }): SchemaObject => schema;

/** Nest calls every body required. One whose schema accepts `undefined` may be left out. */
export function completeBody({ requestBody }: OperationObject): void {
  if (requestBody === undefined || '$ref' in requestBody) return;
  for (const { schema } of Object.values(requestBody.content)) {
    if (schema === undefined || !(ACCEPTS_UNDEFINED in schema)) continue;
    delete schema[ACCEPTS_UNDEFINED];
    requestBody.required = false;
  }
}
