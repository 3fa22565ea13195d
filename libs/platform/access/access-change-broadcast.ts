import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AccessSubject } from '../kernel/access/access-changes.js';
import { Broadcasts } from '../redis/broadcasts.js';
import { AccessInvalidation } from './access-invalidation.js';

const CHANNEL = 'access:changed';
const SEPARATOR = ' ';

/** Tells every process at once whose access changed. Messages may get lost: AccessRevisionReader finds out. */
@Injectable()
export class AccessChangeBroadcast implements OnModuleInit {
  constructor(
    private readonly invalidation: AccessInvalidation,
    private readonly broadcasts: Broadcasts,
  ) {}

  onModuleInit(): void {
    this.broadcasts.subscribe(CHANNEL, (message) => {
      const [revision, subject] = message.split(SEPARATOR);
      this.invalidation.apply(Number(revision), subject as AccessSubject);
    });
  }

  publish(revision: number, subject: AccessSubject): void {
    this.invalidation.apply(revision, subject);
    this.broadcasts.publish(CHANNEL, `${revision}${SEPARATOR}${subject}`);
  }
}
