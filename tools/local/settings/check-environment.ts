import { Problem } from './settings.ts';

/**
 * Asks the services' own schema before anything is started for them. It is part of what was built just now.
 * @throws Problem that names every variable
 */
export async function checkEnvironment(env: NodeJS.ProcessEnv): Promise<void> {
  const { InvalidEnvironment, loadEnv } = await import('#platform/config/load-env.js');
  try {
    loadEnv(env);
  } catch (error) {
    throw error instanceof InvalidEnvironment ? new Problem(error.message) : error;
  }
}

/** The part of an environment that means something to the services, and to seeding. */
export async function readByServices(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const { envSchema } = await import('#platform/config/env.js');
  const names = [
    ...Object.keys(envSchema.shape).flatMap((name) => [name, `${name}_FILE`]),
    'ADMIN_EMAIL',
    'ADMIN_PASSWORD',
  ];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
