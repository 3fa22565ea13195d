import { Injectable } from '@nestjs/common';
import type { Recipient } from '#features/accounts/index.js';
import type { Order } from '#features/orders/index.js';
import { escapeHtml } from '#platform/kernel/values/escape-html.js';
import { formatMoney } from '#platform/kernel/values/money.js';
import { Mailer } from '#platform/mail/mailer.js';
import type { OrderMailer } from '../application/order-mailer.js';

@Injectable()
export class TemplatedOrderMailer implements OrderMailer {
  constructor(private readonly mailer: Mailer) {}

  async sendConfirmation({ email }: Recipient, order: Order, messageId: string): Promise<void> {
    await this.mailer.send({
      to: email,
      messageId,
      subject: `We have your order ${order.id}`,
      text: confirmationText(order),
      html: confirmationHtml(order),
    });
  }
}

const confirmationText = (order: Order) => `Thank you for your order.

${lines(order)
  .map((line) => `- ${line}\n`)
  .join('')}
Total: ${formatMoney(order.total)}
`;

/** Escaped, because buyers choose what an SKU looks like. */
const confirmationHtml = (order: Order) => `<p>Thank you for your order.</p>
<ul>${lines(order)
  .map((line) => `<li>${escapeHtml(line)}</li>`)
  .join('')}</ul>
<p>Total: <strong>${formatMoney(order.total)}</strong></p>
`;

const lines = ({ items }: Order): string[] =>
  items.map(({ quantity, sku, unitPrice }) => `${quantity} × ${sku} at ${formatMoney(unitPrice)}`);
