import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { type DeadLetter, DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import { readQueues } from './queue.permissions.js';

@Injectable()
export class ListDeadLetters {
  constructor(private readonly deadLetters: DeadLetters) {}

  async execute(principal: Principal, job: string | undefined, page: PageRequest<string>): Promise<Page<DeadLetter>> {
    requirePermission(principal, readQueues);

    return this.deadLetters.list(page, job);
  }
}
