import { aValidEnv } from '../env.factory.js';
import { programServers } from '../servers/worker-servers.js';
import type { Environment } from './program.js';

/** Whatever a product allows. A test that is about a limit says its number. */
export const WIDE_LIMITS = 'login=1000/60,register=1000/60,mail=1000/60,token=1000/60';

/** Settings of the whole system on the servers of this test's worker. Patient where production is and quick where a test would wait. */
export function systemEnvironment(overrides: Environment = {}): Environment {
  return aValidEnv({
    ...programServers(),
    // A folder of the test run: tools/databases/vitest-setup.ts.
    STORAGE_DIRECTORY: process.env.STORAGE_DIRECTORY,
    RATE_LIMIT_REQUESTS: '1000000',
    RATE_LIMITS: WIDE_LIMITS,
    // Everybody in a test comes from this machine; sign-ins are limited by address, so people name one of their own.
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'info',
    ...overrides,
  });
}
