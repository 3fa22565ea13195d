import { join } from 'node:path';
import { hasDockerEngine, startContainer } from '../servers/docker/container.ts';
import { postgresImage } from '../servers/docker/images.ts';
import { installedPostgres } from '../servers/postgres/postgres-cluster.ts';
import { embeddedTestPostgres } from './embedded-test-postgres.ts';

export type TestServer = Readonly<{ url: string; stop(): Promise<void> }>;

const NO_POSTGRES =
  'No Postgres for the tests: set TEST_DATABASE_URL to a server where databases may be created, or start Docker.';

/** TEST_DATABASE_URL, else the Postgres that npm installed, else Docker. */
export async function startTestPostgres(runDirectory: string): Promise<TestServer> {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => undefined };

  const programs = await installedPostgres();
  if (programs) return embeddedTestPostgres(programs, runDirectory);
  if (!hasDockerEngine()) throw new Error(NO_POSTGRES);
  const place = { directory: join(runDirectory, 'postgres'), logFile: join(runDirectory, 'postgres.log') };
  return startContainer(postgresImage, { ...place, durable: false });
}
