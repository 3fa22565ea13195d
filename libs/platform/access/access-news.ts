import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AccessSubject } from '../kernel/access-changes.js';
import { Broadcasts } from '../redis/broadcasts.js';
import { AccessWatch } from './access-watch.js';

const CHANNEL = 'access:changed';
const SEPARATOR = ' ';

/** Tells every process at once whose access changed. News may get lost: AccessRevisionReader finds out. */
@Injectable()
export class AccessNews implements OnModuleInit {
  constructor(
    private readonly watch: AccessWatch,
    private readonly broadcasts: Broadcasts,
  ) {}

  onModuleInit(): void {
    this.broadcasts.subscribe(CHANNEL, (message) => {
      const [revision, subject] = message.split(SEPARATOR);
      this.watch.hear(Number(revision), subject as AccessSubject);
    });
  }

  announce(revision: number, subject: AccessSubject): void {
    this.watch.hear(revision, subject);
    this.broadcasts.publish(CHANNEL, `${revision}${SEPARATOR}${subject}`);
  }
}
