import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_ALGORITHM, newSigningKey } from '../../../libs/platform/config/values/new-signing-key.ts';

export type Secrets = Readonly<{
  /** NAME_FILE variables for the services. */
  files: Readonly<Record<string, string>>;
  admin: Readonly<{ email: string; password: string }>;
}>;

const MAKE = {
  AUTH_SIGNING_KEYS: () => JSON.stringify({ keys: [newSigningKey(DEFAULT_ALGORITHM)] }),
  APP_SECRET: () => randomBytes(48).toString('base64url'),
} as const;

/** Made once for this folder, readable by its owner alone. What the environment already names is left to it. */
export function prepareSecrets(directory: string, env: NodeJS.ProcessEnv): Secrets {
  const folder = join(directory, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files: Record<string, string> = {};
  for (const [name, make] of Object.entries(MAKE)) {
    if (!env[name] && !env[`${name}_FILE`]) files[`${name}_FILE`] = keep(join(folder, name), make);
  }
  const makePassword = (): string => randomBytes(18).toString('base64url');
  const password = env.ADMIN_PASSWORD || readFileSync(keep(join(folder, 'ADMIN_PASSWORD'), makePassword), 'utf8');
  return { files, admin: { email: env.ADMIN_EMAIL || 'admin@example.test', password } };
}

function keep(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return file;
}
