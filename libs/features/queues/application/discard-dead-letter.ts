import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { Transaction } from '#platform/kernel/transaction.js';

@Injectable()
export class DiscardDeadLetter {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
  ) {}

  async execute(id: string): Promise<void> {
    await this.transaction.run(async () => {
      await this.deadLetters.discard(id);
      await this.audit.record({ type: 'dead-letter.discarded', subjectId: id });
    });
  }
}
