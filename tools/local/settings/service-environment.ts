import type { Brought } from '../programs/programs.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

export type ServerUrls = Readonly<{ databaseUrl: string; redisUrl: string; smtpUrl: string }>;
type Parts = ServerUrls & Brought;

/** What can be said of servers before they are there: enough to see whether the rest of an environment is valid. */
export const expectedServers = (env: NodeJS.ProcessEnv): ServerUrls => ({
  databaseUrl: env.DATABASE_URL || 'postgresql://127.0.0.1/app',
  redisUrl: env.REDIS_URL || 'redis://127.0.0.1',
  smtpUrl: 'smtp://127.0.0.1',
});

/** Whatever the shell says: it is this machine's system, for nobody but this machine. */
export const FIXED = { NODE_ENV: 'development', HOST: '127.0.0.1' };

/** What api and worker get to read: the caller's environment, and under it what this start found or made. */
export function serviceEnvironment(
  settings: Settings,
  parts: Parts,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const found = {
    PUBLIC_URL: `http://localhost:${settings.apiPort}`,
    SMTP_URL: parts.smtpUrl,
    ...parts.signInProvider?.variables,
    // Pages that features bring along listen here.
    OUTBOUND_ALLOWED_ADDRESSES: '127.0.0.1',
    ...parts.objectStore?.variables,
    // A restart after a change should not wait for load balancers that are not there.
    SHUTDOWN_DRAIN: '0',
    ...secrets.files,
  };
  return {
    ...unlessInFile(found, env),
    ...env,
    ...FIXED,
    API_PORT: String(settings.apiPort),
    WORKER_PORT: String(settings.workerPort),
    DATABASE_URL: parts.databaseUrl,
    REDIS_URL: parts.redisUrl,
    ADMIN_EMAIL: secrets.admin.email,
    ADMIN_PASSWORD: secrets.admin.password,
  };
}

/** NAME_FILE takes the place of NAME; both together would be refused. */
function unlessInFile(found: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(found).filter(([name]) => !env[`${name}_FILE`]));
}
