/** Where a page starts and how long it may be. `after` is the position of the last item already seen. */
export type PageRequest<Position> = Readonly<{ limit: number; after: Position | null }>;

/** `next` is the position to continue after, null at the end. */
export type Page<Item, Position = string> = Readonly<{ items: readonly Item[]; next: Position | null }>;

/** Cuts a result that was read one row longer than asked for, which is how a query learns that there is more. */
export function pageOf<Item, Position>(
  rows: readonly Item[],
  limit: number,
  position: (item: Item) => Position,
): Page<Item, Position> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? position(last) : null };
}
