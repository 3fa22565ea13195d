export type Asset = Readonly<{ type: string; content: Buffer }>;
export type BoardAnswer = Readonly<{ status: number; body: unknown }>;

/** The queue as Redis holds it: which jobs wait, run and retry. It is looked at, and nothing more. */
export abstract class QueueBoard {
  /** @param base where the page finds everything else, with a slash at its end */
  abstract page(base: string): Promise<string>;

  /** A file of the page; null when it has none of that name. */
  abstract asset(name: string): Promise<Asset | null>;

  /**
   * What the page asks for. Null when it asks for nothing of that address.
   * @param path such as `/api/queues`
   * @throws ServiceUnavailable when Redis does not answer
   */
  abstract read(path: string, query: Readonly<Record<string, string>>): Promise<BoardAnswer | null>;
}
