import { Injectable } from '@nestjs/common';
import { type Principal, requirePermission } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { writeQueues } from './queue.permissions.js';

@Injectable()
export class ReplayDeadLetter {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
  ) {}

  async execute(principal: Principal, id: string): Promise<void> {
    requirePermission(principal, writeQueues);

    await this.transaction.run(async () => {
      await this.deadLetters.replay(id);
      await this.audit.record({ type: 'dead-letter.replayed', subjectId: id });
    });
  }
}
