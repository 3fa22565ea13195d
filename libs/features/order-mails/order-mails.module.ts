import { Module } from '@nestjs/common';
import { AccountsWorkerModule } from '#features/accounts/accounts.module.js';
import { OrdersWorkerModule } from '#features/orders/orders.module.js';
import { OrderMailer } from './application/order-mailer.js';
import { TemplatedOrderMailer } from './infrastructure/templated-order-mailer.js';
import { SendOrderConfirmationHandler } from './jobs/send-order-confirmation.handler.js';

const mailer = { provide: OrderMailer, useClass: TemplatedOrderMailer };

/** Mounted by apps/worker. Hears of orders by their events; orders know nothing of it. */
@Module({ imports: [AccountsWorkerModule, OrdersWorkerModule], providers: [SendOrderConfirmationHandler, mailer] })
export class OrderMailsWorkerModule {}
