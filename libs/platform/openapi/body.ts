import { z } from 'zod';
import type { OperationObject, SchemaObject } from '../http/answers/openapi-types.js';

/** Marks schemas that accept `undefined`, until completeBody turns the mark into `required: false`; JSON Schema cannot express it. */
const ACCEPTS_UNDEFINED = 'x-accepts-undefined';

export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): SchemaObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  const acceptsUndefined = io === 'input' && schema.safeParse(undefined).success;
  return { ...rest, ...(acceptsUndefined && { [ACCEPTS_UNDEFINED]: true }) } as SchemaObject;
}

/** Nest calls every body required. One whose schema accepts `undefined` may be left out. */
export function completeBody({ requestBody }: OperationObject): void {
  if (requestBody === undefined || '$ref' in requestBody) return;
  for (const { schema } of Object.values(requestBody.content)) {
    if (schema === undefined || !(ACCEPTS_UNDEFINED in schema)) continue;
    delete schema[ACCEPTS_UNDEFINED];
    requestBody.required = false;
  }
}
