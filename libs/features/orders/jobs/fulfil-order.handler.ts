import { Injectable } from '@nestjs/common';
import type { JobHandler } from '#platform/kernel/jobs/jobs.js';
import { FulfilOrder } from '../application/fulfil-order.js';
import { fulfilOrder, type OrderJobPayload } from '../application/order.jobs.js';

@Injectable()
export class FulfilOrderHandler implements JobHandler<OrderJobPayload> {
  readonly job = fulfilOrder;

  constructor(private readonly fulfil: FulfilOrder) {}

  async handle({ orderId }: OrderJobPayload): Promise<void> {
    await this.fulfil.execute(orderId);
  }
}
