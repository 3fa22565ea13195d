import { type PostgresAddress, postgresAddress } from '../../../libs/platform/config/values/connection-strings.ts';
import { Refusal } from '../environment.ts';

const NO_CLIENT_CERTIFICATE =
  "Prisma's own schema engine takes no sslcert and sslkey. Use the one from npm: PRISMA_SCHEMA_ENGINE_BINARY=tools/postgres-schema-engine/bin/schema-engine";

/**
 * The address in the words of the engine that gets it.
 * @throws Refusal when that has none for it
 */
export const addressFor = (engine: 'native' | 'wasm', text: string): string =>
  engine === 'native' ? nativeAddress(text) : text.replace(/(?<=[?&])sslrootcert=system(?=&|$)/, 'sslmode=verify-full');

/**
 * Prisma's own engine has other names for encryption. It passes over ours, and would then neither insist on it nor ask who answers
 * (https://www.prisma.io/docs/orm/overview/databases/postgresql, "Arguments").
 */
function nativeAddress(text: string): string {
  const { host, port, database, schema, user = '', password = '', ssl } = postgresAddress(text);
  const isSocket = host.startsWith('/');
  const name = host.includes(':') ? `[${host}]` : host;
  const server = isSocket ? 'localhost' : name;
  const url = new URL(`postgresql://${server}:${port}/${encodeURIComponent(database)}`);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  const parameters = { ...(isSocket && { host }), schema, ...encryption(ssl, text) };
  for (const [parameter, value] of Object.entries(parameters)) url.searchParams.set(parameter, value);
  return url.href;
}

function encryption(ssl: PostgresAddress['ssl'], text: string): Readonly<Record<string, string>> {
  if (ssl === false) return { sslmode: 'disable' };
  if (ssl.cert !== undefined) throw new Refusal(NO_CLIENT_CERTIFICATE);
  const sslaccept = ssl.rejectUnauthorized ? 'strict' : 'accept_invalid_certs';
  const authority = new URLSearchParams(text.slice(text.indexOf('?'))).get('sslrootcert');
  return { sslmode: 'require', sslaccept, ...(ssl.ca !== undefined && authority && { sslcert: authority }) };
}
