import { describe, expect, it } from 'vitest';
import type { Order } from '#features/orders/index.js';
import { anItem, anOrder } from '#features/orders/testing/order.factory.js';
import { RecordedMailer } from '#platform/testing/doubles/recorded-mailer.js';
import { TemplatedOrderMailer } from './templated-order-mailer.js';

async function confirmationOf(order: Order, locale: 'de' | null = null) {
  const mailer = new RecordedMailer();
  await new TemplatedOrderMailer(mailer).sendConfirmation(
    { email: 'ada@example.test', name: 'Ada', locale },
    order,
    'a-message',
  );
  return mailer.sent[0]!;
}

describe('the confirmation', () => {
  it('goes to the buyer and names the order', async () => {
    const order = anOrder();

    const { to, messageId, subject } = await confirmationOf(order);

    expect({ to, messageId }).toEqual({ to: 'ada@example.test', messageId: 'a-message' });
    expect(subject).toContain(order.id);
  });

  it('lists what was ordered and what it costs', async () => {
    const items = [anItem(), anItem({ sku: 'saucer', quantity: 1, unitPrice: { amount: 5, currency: 'EUR' } })];

    const { text, html } = await confirmationOf(anOrder({ items, total: { amount: 123_456_705, currency: 'EUR' } }));

    expect(text).toContain('- 2 × espresso-cup at EUR 12.50\n- 1 × saucer at EUR 0.05\n\nTotal: EUR 1,234,567.05\n');
    expect(html).toContain('<li>2 × espresso-cup at EUR 12.50</li><li>1 × saucer at EUR 0.05</li>');
  });

  it('speaks the language of the buyer', async () => {
    const { subject, text } = await confirmationOf(anOrder({ total: { amount: 123_450, currency: 'EUR' } }), 'de');

    expect(subject).toMatch(/^Wir haben Ihre Bestellung/);
    expect(text).toContain('Summe: EUR 1.234,50\n');
  });

  it('shows markup in an SKU as it is written', async () => {
    const { html } = await confirmationOf(anOrder({ items: [anItem({ sku: '<img/src="x">' })] }));

    expect(html).toContain('&#60;img/src=&#34;x&#34;&#62;');
    expect(html).not.toContain('<img');
  });
});
