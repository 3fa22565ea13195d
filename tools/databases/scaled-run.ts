/** `npm run test:scaled` sets it for all that it starts. */
const VARIABLE = 'TEST_SERVERS';
const VALUE = 'scaled';

export const isScaled = (): boolean => process.env[VARIABLE] === VALUE;
export const scaledEnvironment = { [VARIABLE]: VALUE } as const;

/** Spec files, as globs, that would say nothing on scaled servers, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'tools/**': 'starts servers as npm start does',
  'test/chaos/nothing-is-lost.e2e.spec.ts': 'starts servers itself, and ends them',
  'test/chaos/redis-failover.e2e.spec.ts':
    'is about Sentinels and names that lead elsewhere, which a cluster has none of',
  'test/e2e/operation/out-of-one-machine.e2e.spec.ts': 'starts such servers itself, and ends some',
  'test/e2e/operation/pooler.e2e.spec.ts': 'starts a pooler itself',
  'test/e2e/operation/replica.e2e.spec.ts': 'starts a standby itself, and ends it',
};
