import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { FindUpload } from './find-upload.js';
import { UploadsRepository } from './uploads.repository.js';

@Injectable()
export class DeleteUpload {
  constructor(
    private readonly findUpload: FindUpload,
    private readonly uploads: UploadsRepository,
    private readonly audit: Audit,
    private readonly transaction: Transaction,
  ) {}

  /** Gone at once for its owner; its object goes with the sweep. */
  async execute(principal: Principal, id: string): Promise<void> {
    await this.findUpload.execute(principal, id);
    await this.transaction.run(async () => {
      if (await this.uploads.delete(id)) await this.audit.record({ type: 'upload.deleted', subjectId: id });
    });
  }
}
