import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { Audit } from '#platform/kernel/audit.js';
import { Clock } from '#platform/kernel/clock.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { overlapEnd } from '../domain/endpoint.js';
import type { NewEndpoint } from './create-endpoint.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { GetEndpoint } from './get-endpoint.js';

/** For a day each delivery carries a signature by the secret before as well. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly getEndpoint: GetEndpoint,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute(principal: Principal, id: string): Promise<NewEndpoint> {
    return this.transaction.run(async () => {
      const endpoint = await this.getEndpoint.execute(principal, id);
      const secret = await this.endpoints.replaceSecret(id, overlapEnd(this.clock.now()));
      await this.audit.record({ type: 'webhook-endpoint.secret-rotated', subjectId: id });
      return { ...endpoint, secret };
    });
  }
}
