import { randomBytes } from 'node:crypto';
import { envSchema } from '#platform/config/env.js';
import { DEFAULT_ALGORITHM, newSigningKey } from '#platform/config/values/new-signing-key.js';

const SECRET_BYTES = 48;

/** What is the same in every production, and what must be unlike anybody else's. */
const VALUES = {
  NODE_ENV: () => 'production',
  HOST: () => '0.0.0.0',
  APP_SECRET: () => randomBytes(SECRET_BYTES).toString('base64url'),
  AUTH_SIGNING_KEYS: () => JSON.stringify({ keys: [newSigningKey(DEFAULT_ALGORITHM)] }),
} satisfies Readonly<Record<string, () => string>>;
const SECRETS = ['APP_SECRET', 'AUTH_SIGNING_KEYS'] as const;

const HEAD = `# The environment of one production system. Its secrets were made for it: keep this file from everybody else, and a copy of it,
# because losing them ends every session and every link that was mailed. docs/environment.md has all the other variables.
`;

/** The variables that hold secrets which are made and not given, each with a new one. */
export const newSecrets = (): ReadonlyMap<string, string> => new Map(SECRETS.map((name) => [name, VALUES[name]()]));

export type ProductionEnv = Readonly<{
  /** One variable to a line, as Docker's --env-file reads it: no quotes, no interpolation. */
  text: string;
  /** The variables whose values only the operator knows. */
  missing: readonly string[];
}>;

/** Everything that production needs, with new secrets. A variable that the schema will require is in it by itself. */
export function productionEnv(): ProductionEnv {
  const needed = Object.entries(envSchema.shape).filter(([name, schema]) => isMade(name) || isNeeded(schema));
  const lines = needed.map(
    ([name, schema]) => `# ${schema.meta()?.description ?? ''}\n${name}=${isMade(name) ? VALUES[name]() : ''}\n`,
  );
  return {
    text: [HEAD, ...lines].join('\n'),
    missing: needed.map(([name]) => name).filter((name) => !isMade(name)),
  };
}

const isMade = (name: string): name is keyof typeof VALUES => name in VALUES;

type Field = (typeof envSchema.shape)[keyof typeof envSchema.shape];

const isNeeded = (schema: Field): boolean =>
  schema.meta()?.requiredInProduction === true || !schema.safeParse(undefined).success;
