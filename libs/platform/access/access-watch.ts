import { Injectable } from '@nestjs/common';
import type { AccessSubject } from '../kernel/access-changes.js';

type Listener = (subject: AccessSubject) => void;

/**
 * Tells the memories of this process what they have to forget. Changes are numbered without gaps: a number that was skipped
 * is news that got lost, and then everything is forgotten.
 */
@Injectable()
export class AccessWatch {
  private readonly listeners: Listener[] = [];
  /** The number of the last change this process knows of; null until it has been read once. */
  private seen: number | null = null;

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** One change that another process, or this one, has announced. */
  hear(revision: number, subject: AccessSubject): void {
    const isExpected = this.seen !== null && revision <= this.seen + 1;
    if (this.seen !== null) this.seen = Math.max(this.seen, revision);
    this.tell(isExpected ? subject : 'everyone');
  }

  /** The number of the last change there was, according to Postgres. */
  catchUp(revision: number): void {
    if (this.seen !== null && revision <= this.seen) return;
    this.seen = revision;
    this.tell('everyone');
  }

  private tell(subject: AccessSubject): void {
    for (const listener of this.listeners) listener(subject);
  }
}
