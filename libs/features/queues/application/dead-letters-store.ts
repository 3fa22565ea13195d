import type { Page, PageRequest } from '#platform/kernel/page.js';

/** A job that was given up. */
export type DeadLetter = Readonly<{
  id: string;
  name: string;
  payload: unknown;
  attempts: number;
  error: string;
  createdAt: Date;
  failedAt: Date;
}>;

export abstract class DeadLettersStore {
  /** Newest work first, of one job or of all. */
  abstract list(page: PageRequest<string>, job?: string): Promise<Page<DeadLetter>>;

  /** @throws DeadLetterNotFound */
  abstract replay(id: string): Promise<void>;

  /** @throws DeadLetterNotFound */
  abstract discard(id: string): Promise<void>;
}
