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
