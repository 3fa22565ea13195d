/** A connection of pg, or a pool that picks one. */
export type Queryable = Readonly<{
  // pg overloads it eight times over.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  query(...args: any[]): unknown;
}>;
