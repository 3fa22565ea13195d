import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { readQueues } from './queue.permissions.js';
import { type Queue, Queues } from './queues.js';

@Injectable()
export class ListQueues {
  constructor(private readonly queues: Queues) {}

  async execute(principal: Principal): Promise<readonly Queue[]> {
    requirePermission(principal, readQueues);

    return this.queues.all();
  }
}
