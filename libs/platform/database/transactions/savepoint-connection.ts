type Query = Readonly<{ text: string }> | string;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Ask = (query: Query, ...rest: any[]) => Promise<unknown>;

/**
 * For nested writes Prisma takes a connection from the pool and opens a transaction of its own on it. Inside of our transaction it
 * is given this instead: all it asks for goes to ours through `ask`, and its BEGIN, COMMIT and ROLLBACK become those of a savepoint.
 */
export function savepointConnection(name: string, ask: Ask) {
  const translated: Readonly<Record<string, string>> = {
    BEGIN: `SAVEPOINT ${name}`,
    COMMIT: `RELEASE SAVEPOINT ${name}`,
    ROLLBACK: `ROLLBACK TO SAVEPOINT ${name}`,
  };
  // The connection is not Prisma's to watch or to give back.
  const connection = {
    on: () => connection,
    removeListener: () => connection,
    release: () => undefined,
    query: (query: Query, ...rest: unknown[]) =>
      ask(translated[typeof query === 'string' ? query : query.text] ?? query, ...rest),
  };
  return connection;
}
