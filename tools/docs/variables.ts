import { z } from 'zod';

export type Variable = Readonly<{
  name: string;
  description: string;
  required: boolean;
  /** Has a default, for one's own machine alone. */
  requiredInProduction: boolean;
  /** As it would be written in an environment; empty when there is none. */
  defaultValue: string;
  choices: readonly string[];
  secret: boolean;
  sample: string;
}>;

/** Every variable of the schema, in its order. @throws when there is none, or one without a description */
export function variablesOf(schema: z.ZodObject): Variable[] {
  const variables = Object.entries(schema.shape).map(([name, field]) => variableOf(name, field as z.ZodType));
  const silent = variables.filter(({ description }) => description === '').map(({ name }) => name);

  if (variables.length === 0) throw new Error('The environment schema has no variable.');
  if (silent.length > 0) throw new Error(`These variables have no description: ${silent.join(', ')}`);
  return variables;
}

function variableOf(name: string, field: z.ZodType): Variable {
  const {
    description = '',
    secret = false,
    sample = '',
    requiredInProduction = false,
  } = (field.meta() ?? {}) as Partial<Variable>;
  const unset = field.safeParse(undefined);
  const { enum: choices = [] } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });

  return {
    name,
    description,
    secret,
    sample,
    requiredInProduction,
    required: !unset.success,
    defaultValue: written(unset.data),
    choices: choices.map(String),
  };
}

function written(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
}
