import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

type Addresses = Readonly<{ databaseUrl: string; redisUrl: string; smtpUrl: string }>;

/** What api and worker get to read: the caller's environment, and under it what this start found or made. */
export function serviceEnvironment(settings: Settings, addresses: Addresses, secrets: Secrets, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    PUBLIC_URL: `http://localhost:${settings.apiPort}`,
    SMTP_URL: addresses.smtpUrl,
    // A restart after a change should not wait for load balancers that are not there.
    SHUTDOWN_DRAIN: '0',
    ...secrets.files,
    ...env,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    API_PORT: String(settings.apiPort),
    WORKER_PORT: String(settings.workerPort),
    DATABASE_URL: addresses.databaseUrl,
    REDIS_URL: addresses.redisUrl,
    ADMIN_EMAIL: secrets.admin.email,
    ADMIN_PASSWORD: secrets.admin.password,
  };
}
