import { Injectable } from '@nestjs/common';
import { Snapshot } from './snapshot.js';

/** Some 20 MB. When there are more, the oldest changes are forgotten, and with them all entries of that time. */
export const MOST_CHANGES = 100_000;

/** A transaction that changed what is tagged so. */
export type ChangeRow = Readonly<{ tag: string; transaction: number }>;
/** `place`: when this process learned of it, in the order of such events. `transaction`: of the last change that was read. */
type Change = Readonly<{ place: number; transaction: number }>;

/** What this process knows to have changed. An entry is good as long as nothing is known that its loading did not see. */
@Injectable()
export class KnownChanges {
  /** In the order of their places. */
  private readonly changes = new Map<string, Change>();
  /** Heard of, and not read yet: their transactions are not known. */
  private readonly heardOf = new Set<string>();
  private lastPlace = 0;
  private forgottenPlace = 0;
  private forgottenTransaction = 0;
  private seen = Snapshot.NOTHING;

  /** For an entry of this process: the place of what begins to load now. */
  get place(): number {
    return this.lastPlace;
  }

  /** What was committed when the changes were last read, so whatever is loaded from now on contains it. */
  get snapshot(): Snapshot {
    return this.seen;
  }

  /** By the process that made the change, or by its message. */
  hear(tags: readonly string[]): void {
    for (const tag of tags) {
      this.heardOf.add(tag);
      this.put(tag, this.changes.get(tag)?.transaction ?? 0);
    }
    this.forgetOldest();
  }

  /** `rows` are all changes between the last snapshot and this one, as asked for when the last place was `askedAt`. */
  read(snapshot: Snapshot, rows: readonly ChangeRow[], askedAt: number): void {
    for (const tag of this.heardOf) if ((this.changes.get(tag)?.place ?? 0) <= askedAt) this.heardOf.delete(tag);
    for (const { tag, transaction } of rows) this.put(tag, transaction);
    this.seen = snapshot;
    this.forgetOldest();
  }

  /** More has changed than one reading takes: `transaction` and all before it are not told apart any more. */
  forgetUpTo(transaction: number): void {
    this.forgottenPlace = ++this.lastPlace;
    this.forgottenTransaction = Math.max(this.forgottenTransaction, transaction);
  }

  /** Nothing has changed since that place. */
  isCurrent(tags: readonly string[], place: number): boolean {
    if (place === this.lastPlace) return true;
    return place >= this.forgottenPlace && tags.every((tag) => (this.changes.get(tag)?.place ?? 0) <= place);
  }

  /** The process that loaded it had seen every change that is known here. Never true before the first reading. */
  isSeenBy(tags: readonly string[], snapshot: Snapshot): boolean {
    return (
      this.seen !== Snapshot.NOTHING &&
      snapshot.seesAllUpTo(this.forgottenTransaction) &&
      tags.every((tag) => !this.heardOf.has(tag) && snapshot.sees(this.changes.get(tag)?.transaction ?? 0))
    );
  }

  private put(tag: string, transaction: number): void {
    const place = ++this.lastPlace;
    this.changes.delete(tag);
    this.changes.set(tag, { place, transaction });
  }

  private forgetOldest(): void {
    for (const [tag, { place, transaction }] of this.changes) {
      if (this.changes.size <= MOST_CHANGES) return;
      this.changes.delete(tag);
      this.forgottenPlace = place;
      this.forgottenTransaction = Math.max(this.forgottenTransaction, transaction);
      this.heardOf.delete(tag);
    }
  }
}
