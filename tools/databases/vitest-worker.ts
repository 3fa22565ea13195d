/** Runs before each test file that needs servers: hands it what belongs to its worker. */
const worker = process.env.VITEST_POOL_ID ?? '1';

process.env.DATABASE_URL = process.env[`TEST_WORKER_${worker}_DATABASE_URL`];
process.env.REDIS_URL = process.env[`TEST_WORKER_${worker}_REDIS_URL`];

export {};
