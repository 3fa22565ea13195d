import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { viewerOf } from './viewer.js';

@Injectable()
export class DeleteEndpoint {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
  ) {}

  async execute(principal: Principal, id: string): Promise<void> {
    await this.transaction.run(async () => {
      await this.endpoints.delete(id, viewerOf(principal));
      await this.audit.record({ type: 'webhook-endpoint.deleted', subjectId: id });
    });
  }
}
