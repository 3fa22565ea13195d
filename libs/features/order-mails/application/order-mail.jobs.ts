import { orderPlaced } from '#features/orders/index.js';
import { defineSubscription } from '#platform/kernel/jobs/events.js';

export const sendOrderConfirmation = defineSubscription(orderPlaced, { name: 'order-mails.send-confirmation' });
