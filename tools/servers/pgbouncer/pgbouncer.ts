import { chownSync, closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atDatabase, postgresAddress } from '../../../libs/platform/config/values/connection-strings.ts';
import { freePort } from '../ports.ts';
import { postgresAccepts } from '../postgres/postgres.ts';
import { chooseAccount } from '../postgres/postgres-account.ts';
import { doesNotStart, type Server } from '../server.ts';
import { isReady, startTethered } from '../tethered-process.ts';
import type { PgBouncerProgram } from './program.ts';

type Settings = Readonly<{
  directory: string;
  /** A Postgres; any of its databases can be reached by its name. */
  target: string;
  /** PgBouncer's own, such as `pool_mode`. */
  settings: Readonly<Record<string, string | number>>;
  /** Who may sign in beside the one of `target`. */
  roles?: readonly Readonly<{ name: string; password: string }>[];
}>;

/** A pooler before a Postgres, for tests of what a pooler does to the service. */
export async function startPgBouncer(
  { command, args, origin }: PgBouncerProgram,
  { directory, target, settings, roles = [] }: Settings,
): Promise<Server> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Like Postgres, it does not run as root.
  const { prefix, ...account } = chooseAccount(command, directory);
  const port = await freePort();
  const files = writeConfiguration(port, { directory, target, settings, roles });
  for (const file of files)
    if (account.uid !== undefined && account.gid !== undefined) chownSync(file, account.uid, account.gid);

  const logFile = join(directory, 'pgbouncer.log');
  const log = openSync(logFile, 'w', 0o600);
  const [program = '', ...rest] = [...prefix, command, ...args, files[0]];
  const server = startTethered({
    command: program,
    args: rest,
    env: { PATH: process.env.PATH },
    output: log,
    stopSignal: 'SIGTERM',
    patienceMs: 2_000,
    ...account,
  });
  closeSync(log);

  const { user = 'postgres', password = '', database } = postgresAddress(target);
  const url = atDatabase(`postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/_`, database);
  // Without any parameter of the start: whether those are refused is what tests are about.
  if (!(await isReady(server, () => postgresAccepts(url)))) throw new Error(doesNotStart('PgBouncer', logFile));
  return { url, pid: server.pid, origin, exited: server.exited, stop: server.stop };
}

function writeConfiguration(
  port: number,
  { directory, target, settings, roles }: Required<Settings>,
): [string, string] {
  const { host, port: targetPort, user = 'postgres', password = '' } = postgresAddress(target);
  const [configuration, users]: [string, string] = [join(directory, 'pgbouncer.ini'), join(directory, 'users.txt')];
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: users,
    ...settings,
  };
  const lines = [
    '[databases]',
    `* = host=${host} port=${targetPort}`,
    '[pgbouncer]',
    ...Object.entries(all).map(([name, value]) => `${name} = ${value}`),
  ];
  writeFileSync(configuration, `${lines.join('\n')}\n`, { mode: 0o600 });
  const lists = [{ name: user, password }, ...roles].map((role) => `"${role.name}" "${role.password}"\n`);
  writeFileSync(users, lists.join(''), { mode: 0o600 });
  return [configuration, users];
}
