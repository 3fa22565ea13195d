import { Injectable } from '@nestjs/common';
import type { AccessSubject } from '../kernel/access/access-changes.js';

type Listener = (subject: AccessSubject) => void;

/**
 * Tells the caches of this process whose access they have to forget. Changes are numbered without gaps: a number that was skipped
 * is a message that got lost, and then everything is forgotten.
 */
@Injectable()
export class AccessInvalidation {
  private readonly listeners: Listener[] = [];
  /** The number of the last change this process knows of; null until it has been read once. */
  private lastRevision: number | null = null;

  onInvalidate(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** One change, published by another process or by this one. */
  apply(revision: number, subject: AccessSubject): void {
    const isExpected = this.lastRevision !== null && revision <= this.lastRevision + 1;
    if (this.lastRevision !== null) this.lastRevision = Math.max(this.lastRevision, revision);
    this.tell(isExpected ? subject : 'everyone');
  }

  /** Whatever was published: `revision` is the number of the last change in Postgres. */
  syncTo(revision: number): void {
    if (this.lastRevision !== null && revision <= this.lastRevision) return;
    this.lastRevision = revision;
    this.tell('everyone');
  }

  private tell(subject: AccessSubject): void {
    for (const listener of this.listeners) listener(subject);
  }
}
