import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Broadcasts } from '../../redis/broadcasts.js';
import { EndedSessions } from './ended-sessions.js';

const CHANNEL = 'auth:sessions-ended';
const SEPARATOR = ' ';

/** Tells every process at once that sessions have ended. Messages may get lost: EndedSessionsReader finds what was missed. */
@Injectable()
export class EndedSessionsBroadcast implements OnModuleInit {
  constructor(
    private readonly endedSessions: EndedSessions,
    private readonly broadcasts: Broadcasts,
  ) {}

  onModuleInit(): void {
    this.broadcasts.subscribe(CHANNEL, (message) => this.endedSessions.add(message.split(SEPARATOR)));
  }

  publish(sessionIds: readonly string[]): void {
    if (sessionIds.length === 0) return;
    this.endedSessions.add(sessionIds);
    this.broadcasts.publish(CHANNEL, sessionIds.join(SEPARATOR));
  }
}
