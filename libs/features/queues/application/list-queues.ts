import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/principal.js';
import { type Queue, Queues } from './queues.js';

@Injectable()
export class ListQueues {
  constructor(private readonly queues: Queues) {}

  async execute(principal: Principal): Promise<readonly Queue[]> {
    requirePermission(principal, 'queues:read');

    return this.queues.all();
  }
}
