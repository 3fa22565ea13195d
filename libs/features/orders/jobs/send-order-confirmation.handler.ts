import { Injectable } from '@nestjs/common';
import { FindRecipient } from '#features/accounts/index.js';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { type OrderJobPayload, sendOrderConfirmation } from '../application/order.jobs.js';
import { OrderMailer } from '../application/order-mailer.js';
import { OrdersRepository } from '../application/orders.repository.js';

@Injectable()
export class SendOrderConfirmationHandler implements JobHandler<OrderJobPayload> {
  readonly job = sendOrderConfirmation;

  constructor(
    private readonly orders: OrdersRepository,
    private readonly findRecipient: FindRecipient,
    private readonly mailer: OrderMailer,
  ) {}

  async handle({ orderId }: OrderJobPayload, { id }: JobContext): Promise<void> {
    const order = await this.orders.findById(orderId);
    // Cancelled while the job waited in the queue: the mail would be about nothing.
    if (order === null || order.status === 'cancelled') return;

    const recipient = await this.findRecipient.execute(order.userId);
    if (recipient === null) return;

    await this.mailer.sendConfirmation(recipient, order, id);
  }
}
