import type { Recipient } from '#features/accounts/index.js';
import type { Order } from '#features/orders/index.js';

/** `messageId` stays the same when a mail has to be sent again. */
export abstract class OrderMailer {
  abstract sendConfirmation(recipient: Recipient, order: Order, messageId: string): Promise<void>;
}
