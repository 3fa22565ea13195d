import { Injectable } from '@nestjs/common';
import { Broadcasts } from '#platform/redis/broadcasts.js';

const CHANNEL = 'flags:changed';

/** That something was said of a flag, to every process. It may get lost: they look for themselves as well. */
@Injectable()
export class FlagNews {
  constructor(private readonly broadcasts: Broadcasts) {}

  tell(): void {
    this.broadcasts.publish(CHANNEL, '');
  }

  hear(act: () => void): void {
    this.broadcasts.subscribe(CHANNEL, act);
  }
}
