import { expect, it } from '@jest/globals';
import type { FindRecipient, Recipient } from '#features/accounts/index.js';
import type { Order } from '../domain/order.js';
import { InMemoryOrdersRepository } from '../testing/in-memory-orders.repository.js';
import { anOrder } from '../testing/order.factory.js';
import { SendOrderConfirmationHandler } from './send-order-confirmation.handler.js';

const ADA = { email: 'ada@example.test', name: 'Ada' };
const RUN = { id: 'a-job', attempt: 2, signal: new AbortController().signal };

async function setup(overrides: Partial<Order> = {}) {
  const order = anOrder(overrides);
  const orders = new InMemoryOrdersRepository();
  await orders.add(order);
  const recipients = new Map<string, Recipient>([[order.userId, ADA]]);
  const findRecipient = { execute: async (userId: string) => recipients.get(userId) ?? null } as FindRecipient;
  const sent: unknown[] = [];
  const mailer = { sendConfirmation: async (...mail: unknown[]) => void sent.push(mail) };
  return { order, recipients, sent, handler: new SendOrderConfirmationHandler(orders, findRecipient, mailer) };
}

it.each(['placed', 'fulfilled'] as const)(
  'writes to the buyer of a %s order, under the id of the job',
  async (status) => {
    const { order, sent, handler } = await setup({ status });

    await handler.handle({ orderId: order.id }, RUN);

    expect(sent).toEqual([[ADA, order, RUN.id]]);
  },
);

it('stays silent when the order was cancelled meanwhile', async () => {
  const { order, sent, handler } = await setup({ status: 'cancelled' });

  await handler.handle({ orderId: order.id }, RUN);

  expect(sent).toEqual([]);
});

it('stays silent when the order or its buyer is gone', async () => {
  const { order, recipients, sent, handler } = await setup();
  recipients.clear();

  await handler.handle({ orderId: order.id }, RUN);
  await handler.handle({ orderId: anOrder().id }, RUN);

  expect(sent).toEqual([]);
});
