import type { Page, PageRequest } from '../values/page.js';

/** A job that was given up. It stays until somebody replays or discards it. */
export type DeadLetter = Readonly<{
  id: string;
  name: string;
  payload: unknown;
  attempts: number;
  error: string;
  createdAt: Date;
  failedAt: Date;
}>;

export abstract class DeadLetters {
  /** Newest work first, of one job or of all; the position is the id. */
  abstract list(page: PageRequest<string>, job?: string): Promise<Page<DeadLetter>>;

  /**
   * Opens the job again, with all its attempts, under its old id: external services still recognise it.
   * @throws DeadLetterNotFound
   */
  abstract replay(id: string): Promise<void>;

  /** @throws DeadLetterNotFound */
  abstract discard(id: string): Promise<void>;
}
