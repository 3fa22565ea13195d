import { Injectable } from '@nestjs/common';
import { FindRecipient } from '#features/accounts/index.js';
import { FindOrder, type OrderEvent } from '#features/orders/index.js';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { sendOrderConfirmation } from '../application/order-mail.jobs.js';
import { OrderMailer } from '../application/order-mailer.js';

@Injectable()
export class SendOrderConfirmationHandler implements JobHandler<OrderEvent> {
  readonly job = sendOrderConfirmation;

  constructor(
    private readonly findOrder: FindOrder,
    private readonly findRecipient: FindRecipient,
    private readonly mailer: OrderMailer,
  ) {}

  async handle({ orderId, userId }: OrderEvent, { id }: JobContext): Promise<void> {
    const order = await this.findOrder.execute(orderId);
    // Cancelled while the job waited in the queue: the mail would be about nothing.
    if (order === null || order.status === 'cancelled') return;

    const recipient = await this.findRecipient.execute(userId);
    if (recipient === null) return;

    await this.mailer.sendConfirmation(recipient, order, id);
  }
}
