import { DeadLetterNotFound } from '#platform/jobs/outbox/sql-dead-letters.js';
import type { DeadLetter, DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { newId } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';

/** A job that was given up; override only what the test is about. */
export function aDeadLetter(overrides: Partial<DeadLetter> = {}): DeadLetter {
  const at = new Date('2030-01-01T12:00:00.000Z');
  return {
    id: newId(),
    name: 'tests.run',
    payload: {},
    attempts: 5,
    error: 'It broke.',
    createdAt: at,
    failedAt: at,
    ...overrides,
  };
}

export class InMemoryDeadLetters implements DeadLetters {
  readonly replayed: string[] = [];
  private readonly byId = new Map<string, DeadLetter>();

  constructor(...letters: readonly DeadLetter[]) {
    for (const letter of letters) this.byId.set(letter.id, letter);
  }

  async list({ limit, after }: PageRequest<string>, job?: string): Promise<Page<DeadLetter>> {
    const letters = [...this.byId.values()]
      .filter(({ name }) => job === undefined || name === job)
      .filter(({ id }) => after === null || id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(letters, limit, ({ id }) => id);
  }

  async replay(id: string): Promise<void> {
    await this.discard(id);
    this.replayed.push(id);
  }

  async discard(id: string): Promise<void> {
    if (!this.byId.delete(id)) throw new DeadLetterNotFound();
  }
}
