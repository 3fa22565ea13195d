import type { AccessChanges, AccessSubject } from '#platform/kernel/access/access-changes.js';

/** Runs changes one after another, as the real one does, and remembers whose access they were about. */
export class ImmediateAccessChanges implements AccessChanges {
  readonly made: AccessSubject[] = [];
  private last: Promise<unknown> = Promise.resolve();

  during<T>(subject: AccessSubject, work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.then(
      () => this.made.push(subject),
      () => undefined,
    );
    return result;
  }
}
