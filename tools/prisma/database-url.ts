/** Parameters that Prisma reads from a URL and that node-postgres would pass on to the server. */
const PRISMA_ONLY = ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'statement_cache_size'];

export function withoutPrismaParameters(url: string): string {
  const plain = new URL(url);
  for (const name of PRISMA_ONLY) plain.searchParams.delete(name);
  return plain.href;
}

export function atDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

export const databaseName = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));
export const schemaName = (url: string): string => new URL(url).searchParams.get('schema') ?? 'public';
