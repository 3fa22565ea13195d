import { expect, it } from 'vitest';
import type { FindRecipient, Recipient } from '#features/accounts/index.js';
import type { FindOrder, Order } from '#features/orders/index.js';
import { anOrder } from '#features/orders/testing/order.factory.js';
import { SendOrderConfirmationHandler } from './send-order-confirmation.handler.js';

const ADA = { email: 'ada@example.test', name: 'Ada', locale: null };
const RUN = { id: 'a-job', attempt: 2, signal: new AbortController().signal };

function setup(overrides: Partial<Order> = {}) {
  const order = anOrder(overrides);
  const findOrder = { execute: async (id: string) => (id === order.id ? order : null) } as FindOrder;
  const recipients = new Map<string, Recipient>([[order.userId, ADA]]);
  const findRecipient = { execute: async (userId: string) => recipients.get(userId) ?? null } as FindRecipient;
  const sent: unknown[] = [];
  const mailer = { sendConfirmation: async (...mail: unknown[]) => void sent.push(mail) };
  return { order, recipients, sent, handler: new SendOrderConfirmationHandler(findOrder, findRecipient, mailer) };
}

it.each(['placed', 'fulfilled'] as const)(
  'writes to the buyer of a %s order, under the id of the job',
  async (status) => {
    const { order, sent, handler } = setup({ status });

    await handler.handle({ orderId: order.id, userId: order.userId }, RUN);

    expect(sent).toEqual([[ADA, order, RUN.id]]);
  },
);

it('stays silent when the order was cancelled meanwhile', async () => {
  const { order, sent, handler } = setup({ status: 'cancelled' });

  await handler.handle({ orderId: order.id, userId: order.userId }, RUN);

  expect(sent).toEqual([]);
});

it('stays silent when the order or its buyer is gone', async () => {
  const { order, recipients, sent, handler } = setup();
  recipients.clear();

  await handler.handle({ orderId: order.id, userId: order.userId }, RUN);
  await handler.handle({ orderId: anOrder().id, userId: order.userId }, RUN);

  expect(sent).toEqual([]);
});
