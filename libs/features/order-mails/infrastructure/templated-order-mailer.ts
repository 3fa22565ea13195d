import { Injectable } from '@nestjs/common';
import type { Recipient } from '#features/accounts/index.js';
import type { Order } from '#features/orders/index.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { OrderMailer } from '../application/order-mailer.js';
import { confirmation } from './order-mails.js';

@Injectable()
export class TemplatedOrderMailer implements OrderMailer {
  constructor(private readonly mailer: Mailer) {}

  async sendConfirmation({ email, locale }: Recipient, order: Order, messageId: string): Promise<void> {
    await this.mailer.send({ to: email, messageId, ...confirmation.render(order, locale) });
  }
}
