import type { Order } from '#features/orders/index.js';
import { formatMoney } from '#platform/kernel/values/money.js';
import { list, paragraph } from '#platform/mail/templates/blocks.js';
import { defineMail } from '#platform/mail/templates/mail-template.js';

type ConfirmedOrder = Pick<Order, 'id' | 'items' | 'total'>;

const example: ConfirmedOrder = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  items: [{ sku: 'espresso-cup', quantity: 2, unitPrice: { amount: 1250, currency: 'EUR' } }],
  total: { amount: 2500, currency: 'EUR' },
};

export const confirmation = defineMail('order-mails.confirmation', {
  example,
  texts: {
    en: ({ id, items, total }) => ({
      subject: `We have your order ${id}`,
      blocks: [
        paragraph('Thank you for your order.'),
        list(items.map(({ quantity, sku, unitPrice }) => `${quantity} × ${sku} at ${formatMoney(unitPrice)}`)),
        paragraph(`Total: ${formatMoney(total)}`),
      ],
    }),
    de: ({ id, items, total }) => ({
      subject: `Wir haben Ihre Bestellung ${id}`,
      blocks: [
        paragraph('Vielen Dank für Ihre Bestellung.'),
        list(items.map(({ quantity, sku, unitPrice }) => `${quantity} × ${sku} zu ${formatMoney(unitPrice, 'de')}`)),
        paragraph(`Summe: ${formatMoney(total, 'de')}`),
      ],
    }),
  },
});
