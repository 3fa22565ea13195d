import { type Env, envSchema } from './env.js';
import { brokenRules } from './rules.js';
import { readVariables, type Source } from './variables.js';

/** The environment cannot be used. The message lists every problem and no value: values may be secrets. */
export class InvalidEnvironment extends Error {
  constructor(problems: readonly string[]) {
    super(
      `The environment is not valid; docs/environment.md describes every variable.\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.name = 'InvalidEnvironment';
  }
}

/** @throws InvalidEnvironment naming every problem at once, so that a bad deploy is fixed in one round */
export function loadEnv(source: Source): Env {
  const { values, problems } = readVariables(source, Object.keys(envSchema.shape));
  const parsed = envSchema.safeParse(values);
  const unreadable = new Set(problems.map((problem) => problem.split(':')[0]?.replace(/_FILE$/, '')));

  for (const { path, code, message } of parsed.error?.issues ?? []) {
    const name = String(path[0]);
    if (unreadable.has(name)) continue;
    const missing = values[name] === undefined && code === 'invalid_type';
    problems.push(`${path.join('.')}: ${missing ? 'is required' : message}`);
  }
  problems.push(
    ...brokenRules(values),
    ...(values.NODE_ENV === 'production' ? [...missingInProduction(values), ...sampleSecrets(values)] : []),
  );

  if (parsed.success && problems.length === 0) return parsed.data;
  throw new InvalidEnvironment(problems);
}

type Values = Readonly<Record<string, string>>;

function missingInProduction(values: Values): string[] {
  const required = Object.entries(envSchema.shape).filter(([, schema]) => schema.meta()?.requiredInProduction === true);
  return required.filter(([name]) => values[name] === undefined).map(([name]) => `${name}: is required in production`);
}

/** A secret from .env.example is known to everybody. */
function sampleSecrets(values: Values): string[] {
  return Object.entries(envSchema.shape).flatMap(([name, schema]) => {
    const { secret, sample } = (schema.meta() ?? {}) as { secret?: boolean; sample?: string };
    const value = values[name];
    const isSample = secret === true && value !== undefined && (value === sample || /change-?me|sample/i.test(value));
    return isSample ? [`${name}: is a sample value; production needs one of its own`] : [];
  });
}
