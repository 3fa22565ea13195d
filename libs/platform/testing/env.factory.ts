import { generateKeyPairSync } from 'node:crypto';

const signingKey = {
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid: 'test',
  alg: 'ES256',
};

/** Variables that start the service; override only what the test is about. The servers named here need not exist. */
export function aValidEnv(overrides: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: 'postgresql://postgres@127.0.0.1:1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    SMTP_URL: 'smtp://127.0.0.1:1',
    APP_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
    AUTH_SIGNING_KEYS: JSON.stringify({ keys: [signingKey] }),
    LOG_LEVEL: 'silent',
    SHUTDOWN_DRAIN: '0',
    // A busy machine is late all the time; what is late is to be tested where it is the point.
    EVENT_LOOP_DELAY_LIMIT: '0',
    ...overrides,
  };
}
