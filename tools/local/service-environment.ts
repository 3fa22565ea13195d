import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { SignInProvider } from './sign-in-provider.ts';

type Parts = Readonly<{ databaseUrl: string; redisUrl: string; smtpUrl: string; signInProvider: SignInProvider | null }>;

/** What api and worker get to read: the caller's environment, and under it what this start found or made. */
export function serviceEnvironment(settings: Settings, parts: Parts, secrets: Secrets, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    PUBLIC_URL: `http://localhost:${settings.apiPort}`,
    SMTP_URL: parts.smtpUrl,
    OIDC_REDIRECT_URIS: `http://localhost:${settings.apiPort}/docs/sign-in`,
    ...parts.signInProvider?.variables,
    // A restart after a change should not wait for load balancers that are not there.
    SHUTDOWN_DRAIN: '0',
    ...secrets.files,
    ...env,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    API_PORT: String(settings.apiPort),
    WORKER_PORT: String(settings.workerPort),
    DATABASE_URL: parts.databaseUrl,
    REDIS_URL: parts.redisUrl,
    ADMIN_EMAIL: secrets.admin.email,
    ADMIN_PASSWORD: secrets.admin.password,
  };
}
