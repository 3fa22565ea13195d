import { readFileSync } from 'node:fs';

/*
 * One reading of connection strings, for the service and for every command: what this refuses would fail later, elsewhere, or mean
 * one thing here and another there. Commands run it from source, so it imports nothing of ours.
 */

/** A connection string that cannot work. The message says why and repeats nothing of it. */
export class UnusableConnectionString extends Error {}

export type PostgresAddress = Readonly<{
  /** A name, an address, or the folder of a socket. */
  host: string;
  port: number;
  /** Without one, the driver's default: who runs the process. */
  user?: string;
  password?: string;
  database: string;
  ssl: false | Readonly<{ rejectUnauthorized: boolean; ca?: string; cert?: string; key?: string }>;
  /** The schema whose tables are meant, by migrations and by every query. */
  schema: string;
}>;

const POSTGRES_PORT = 5432;
/** NAMEDATALEN, less its end; what stands here goes into `search_path` without any quoting to get wrong. */
const SCHEMA = /^(?!pg_|information_schema$)[a-z_][\w$-]{0,62}$/i;
const ENCODE =
  'signs in user name and password must be percent-encoded, such as %23 for #, %2F for /, %3F for ? and %40 for @';

/** Parameters of Prisma, libpq and pg that do not mean the same in all of them, or that have a variable here, and what to say instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  application_name: 'set OTEL_SERVICE_NAME',
  channel_binding: 'leave it out: this driver cannot insist on it; sslmode=verify-full makes sure who answers',
  connect_timeout: 'set DATABASE_CONNECT_TIMEOUT, in milliseconds',
  connection_limit: 'set DATABASE_POOL_SIZE',
  idle_in_transaction_session_timeout: 'set DATABASE_STATEMENT_TIMEOUT, of which it is three times as much',
  lock_timeout: 'set DATABASE_LOCK_TIMEOUT',
  max: 'set DATABASE_POOL_SIZE',
  options: 'give the role what it sets, with ALTER ROLE … SET; for search_path there is ?schema=',
  pgbouncer: 'set DATABASE_POOLER=transaction',
  pool_timeout: 'set DATABASE_CONNECT_TIMEOUT, in milliseconds',
  query_timeout: 'set DATABASE_STATEMENT_TIMEOUT',
  search_path: 'use schema',
  socket_timeout: 'set DATABASE_STATEMENT_TIMEOUT',
  ssl: 'use sslmode',
  sslaccept: 'use sslmode: verify-full checks the certificate, no-verify does not',
  sslidentity: 'use sslcert and sslkey, two files in PEM',
  sslpassword: 'use sslcert and sslkey, the latter without a password',
  statement_cache_size: 'leave it out; what stands between is said by DATABASE_POOLER',
  statement_timeout: 'set DATABASE_STATEMENT_TIMEOUT',
  target_session_attrs: 'name the one server that takes writes',
  uselibpqcompat: 'use sslmode: verify-full checks the certificate, no-verify does not',
};
const KNOWN = ['schema', 'host', 'port', 'user', 'password', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];

/** Stricter than libpq, never weaker: with `require` it encrypts without knowing to whom. */
const SSL_MODES: Readonly<Record<string, boolean | null>> = {
  disable: null,
  require: true,
  'verify-ca': true,
  'verify-full': true,
  'no-verify': false,
};

/** libpq's; pg takes some of them for what a connection string leaves out, psql and poolers' tools the others. */
const DRIVER_VARIABLES = [
  'PGHOST',
  'PGHOSTADDR',
  'PGPORT',
  'PGDATABASE',
  'PGUSER',
  'PGPASSWORD',
  'PGPASSFILE',
  'PGSERVICE',
  'PGSERVICEFILE',
  'PGOPTIONS',
  'PGAPPNAME',
  'PGTZ',
  'PGSSLMODE',
  'PGSSLNEGOTIATION',
  'PGSSLCERT',
  'PGSSLKEY',
  'PGSSLROOTCERT',
  'PGCLIENTENCODING',
  'PGCLIENT_ENCODING',
  'PGREPLICATION',
  'PGBINARY',
  'PGCONNECT_TIMEOUT',
  'PGTARGETSESSIONATTRS',
  'PGCHANNELBINDING',
];

/** Every process forgets them at its start: the connection string alone says where to and how. */
export function forgetDriverVariables(env: Record<string, string | undefined>): void {
  for (const name of DRIVER_VARIABLES) delete env[name];
}

/** @throws UnusableConnectionString */
export function postgresAddress(text: string): PostgresAddress {
  const url = connectionUrl(text, /^postgres(ql)?$/, 'postgresql://user:password@host:5432/database');
  requireKnown(url.searchParams);
  const parameter = (name: string): string | undefined => url.searchParams.get(name) || undefined;

  const place = {
    host: parameter('host') ?? decodeURIComponent(url.hostname).replace(/^\[(.+)\]$/, '$1'),
    port: portIn(parameter('port') ?? url.port) ?? POSTGRES_PORT,
    database: decodeURIComponent(url.pathname.slice(1)),
    schema: url.searchParams.get('schema') ?? 'public',
  };
  requireOnePlace(place);
  const user = parameter('user') ?? decodeURIComponent(url.username);
  const password = parameter('password') ?? decodeURIComponent(url.password);
  return { ...place, ssl: encryptionIn(parameter), ...(user && { user }), ...(password && { password }) };
}

function requireOnePlace({ host, database, schema }: Pick<PostgresAddress, 'host' | 'database' | 'schema'>): void {
  if (host === '') throw new UnusableConnectionString('names no host; a socket is ?host=/run/postgresql');
  if (host.includes(','))
    throw new UnusableConnectionString('names several hosts: name the one server that takes writes');
  if (database === '') throw new UnusableConnectionString('names no database: it ends in /database');
  if (!SCHEMA.test(schema))
    throw new UnusableConnectionString('has a schema that is no plain name of letters, digits, _, $ and -');
}

/**
 * What holds for the connection string of any server.
 * @param protocol without the colon
 * @throws UnusableConnectionString
 */
export function connectionUrl(text: string, protocol: RegExp, example: string): URL {
  const url = parseUrl(text);
  if (url === null || !protocol.test(url.protocol.slice(0, -1)) || !/^[\w+]+:\/\//.test(text)) {
    throw new UnusableConnectionString(`must be a URL such as ${example}; ${ENCODE}`);
  }
  // A "#", "/" or "?" in a password ends the host there: what follows, and the real host with it, would be taken for something else.
  const isCutShort = text.includes('#') || `${url.pathname}${url.search}`.includes('@') || !canBeDecoded(url);
  if (isCutShort) throw new UnusableConnectionString(`cannot be taken apart: ${ENCODE}`);
  if (url.port !== '') portIn(url.port);
  return url;
}

/** The same server, another database. */
export function atDatabase(text: string, name: string): string {
  const url = parseUrl(text);
  if (url === null) throw new UnusableConnectionString('must be a URL');
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

/** With a socket's folder as a parameter the host may be left out, also behind a user name: `postgresql://me@/app?host=/run/postgresql`. */
const parseUrl = (text: string): URL | null =>
  URL.parse(text.replace(/^([\w+]+:\/\/[^/?#]*@)\/(?=[^?]*\?(?:.*&)?host=)/, '$1socket/'));

function requireKnown(parameters: URLSearchParams): void {
  for (const name of parameters.keys()) {
    const instead = INSTEAD[name];
    if (instead !== undefined) throw new UnusableConnectionString(`has the parameter ${name}: ${instead}`);
    // Its name is not repeated: it may be the rest of a password.
    if (!KNOWN.includes(name)) throw new UnusableConnectionString(`has a parameter other than ${KNOWN.join(', ')}`);
    if (parameters.getAll(name).length > 1) throw new UnusableConnectionString(`has the parameter ${name} twice`);
  }
}

function portIn(text: string): number | undefined {
  if (text === '') return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UnusableConnectionString('has a port that is no number from 1 to 65535');
}

function encryptionIn(parameter: (name: string) => string | undefined): PostgresAddress['ssl'] {
  const mode = parameter('sslmode');
  const [ca, cert, key] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => certificateIn(name, parameter(name)));
  if (Boolean(cert) !== Boolean(key)) {
    throw new UnusableConnectionString(
      "has one of sslcert and sslkey: a client's certificate needs both; the server's authority goes into sslrootcert",
    );
  }
  const isVerified = SSL_MODES[mode ?? (parameter('sslrootcert') || cert ? 'verify-full' : 'disable')];
  if (isVerified === undefined)
    throw new UnusableConnectionString(`has an sslmode other than ${Object.keys(SSL_MODES).join(', ')}`);
  return (
    isVerified !== null && {
      rejectUnauthorized: isVerified,
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
    }
  );
}

/** The authorities that Node trusts are used for `sslrootcert=system`, too. */
function certificateIn(name: string, file: string | undefined): string | undefined {
  if (file === undefined || (name === 'sslrootcert' && file === 'system')) return undefined;
  try {
    const content = readFileSync(file, 'utf8');
    if (content !== '') return content;
  } catch {
    // Said below.
  }
  throw new UnusableConnectionString(`names a file in ${name} that cannot be read or is empty`);
}

/** Drivers percent-decode these parts. */
function canBeDecoded({ username, password, hostname, pathname }: URL): boolean {
  try {
    [username, password, hostname, pathname].forEach(decodeURIComponent);
    return true;
  } catch {
    return false;
  }
}
