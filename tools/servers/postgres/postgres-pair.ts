import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresAddress } from '../../../libs/platform/config/values/connection-strings.ts';
import type { Server } from '../server.ts';
import { startPostgres } from './postgres.ts';
import { copyCluster, type PostgresPrograms } from './postgres-cluster.ts';

type Place = Readonly<{
  /** A cluster at rest, of which both begin as a copy. */
  original: string;
  /** Their folders become `primary` and `standby` in there. */
  root: string;
}>;

/** A primary, and a standby that it streams to. */
export async function startPrimaryAndStandby(
  programs: PostgresPrograms,
  { original, root }: Place,
): Promise<Readonly<{ primary: Server; standby: Server }>> {
  const start = (name: string) =>
    startPostgres(programs, { directory: join(root, name), logFile: join(root, `${name}.log`), durable: false });

  for (const name of ['primary', 'standby']) copyCluster(original, join(root, name));
  const primary = await start('primary');
  follow(join(root, 'standby'), primary.url);
  return { primary, standby: await start('standby') };
}

/** A copy of a cluster at rest is a standby as soon as it is told so: it fetches what happened since (PostgreSQL, "Log-Shipping Standby Servers"). */
function follow(directory: string, primaryUrl: string): void {
  const { host, port, user, password } = postgresAddress(primaryUrl);
  writeFileSync(join(directory, 'standby.signal'), '');
  appendFileSync(
    join(directory, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=${host} port=${port} user=${user} password=${password}'\n`,
  );
}
