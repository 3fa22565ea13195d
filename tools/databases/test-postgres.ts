import { embeddedTestPostgres } from './embedded-test-postgres.ts';

export type TestServer = Readonly<{ url: string; stop(): Promise<void> }>;

/** TEST_DATABASE_URL, else Docker, else the Postgres that npm installed. */
export async function startTestPostgres(runDirectory: string): Promise<TestServer> {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => undefined };
  return (await postgresContainer()) ?? embeddedTestPostgres(runDirectory);
}

async function postgresContainer(): Promise<TestServer | null> {
  if (!(await hasDocker())) return null;
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer('postgres:18-alpine')
    .withCommand([
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=200',
    ])
    .withTmpFs({ '/var/lib/postgresql': 'rw' })
    .start();
  return { url: container.getConnectionUri(), stop: async () => void (await container.stop()) };
}

/** Answers within milliseconds when there is no Docker here. */
export async function hasDocker(): Promise<boolean> {
  if (process.env.TEST_DOCKER === 'off') return false;
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}
