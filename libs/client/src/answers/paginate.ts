import type { Client } from 'openapi-fetch';
import { orThrow } from './or-throw.js';

type Page<Item = unknown> = { data: Item[]; meta: { page: { nextCursor: string | null } } };
type PageOf<Item> = { get: { responses: { 200: { content: { 'application/json': Page<Item> } } } } };

/** Where there is a list that comes in pages. */
export type PagedPath<Paths> = {
  [Path in keyof Paths]: Paths[Path] extends PageOf<unknown> ? Path : never;
}[keyof Paths];

type ItemOf<Operations> = Operations extends PageOf<infer Item> ? Item : never;
type QueryOf<Operations> = Operations extends { get: { parameters: { query?: infer Query } } } ? Query : never;

type Options<Operations> = Readonly<{ query?: Omit<NonNullable<QueryOf<Operations>>, 'cursor'>; signal?: AbortSignal }>;
type GetPage = (path: unknown, options: object) => Promise<{ data?: Page; error?: unknown; response: Response }>;

/** Every item of a list, one page after the other; the next page is asked for when its first item is. @throws ProblemError */
export async function* paginate<Paths extends object, Path extends PagedPath<Paths>>(
  api: Client<Paths>,
  path: Path,
  { query, signal }: Options<Paths[Path]> = {},
): AsyncGenerator<ItemOf<Paths[Path]>, void, void> {
  // Of any path TypeScript cannot know that it is one with pages; its callers do.
  const get = api.GET as unknown as GetPage;
  let cursor: string | null | undefined;
  do {
    const page = await orThrow(get(path, { params: { query: { ...query, cursor } }, signal }));
    yield* page.data as ItemOf<Paths[Path]>[];
    cursor = page.meta.page.nextCursor;
  } while (cursor !== null);
}
