import { Module } from '@nestjs/common';
import { AccountsWorkerModule } from '#features/accounts/accounts.module.js';
import { CancelOrder } from './application/cancel-order.js';
import { FulfilOrder } from './application/fulfil-order.js';
import { GetOrder } from './application/get-order.js';
import { ListOrders } from './application/list-orders.js';
import { OrderMailer } from './application/order-mailer.js';
import { OrdersRepository } from './application/orders.repository.js';
import { PlaceOrder } from './application/place-order.js';
import { OrdersController } from './http/orders.controller.js';
import { PrismaOrdersRepository } from './infrastructure/prisma-orders.repository.js';
import { TemplatedOrderMailer } from './infrastructure/templated-order-mailer.js';
import { FulfilOrderHandler } from './jobs/fulfil-order.handler.js';
import { SendOrderConfirmationHandler } from './jobs/send-order-confirmation.handler.js';

const repository = { provide: OrdersRepository, useClass: PrismaOrdersRepository };
const mailer = { provide: OrderMailer, useClass: TemplatedOrderMailer };

const useCases = [PlaceOrder, ListOrders, GetOrder, CancelOrder];
const handlers = [FulfilOrderHandler, SendOrderConfirmationHandler];

/** Mounted by apps/api. */
@Module({ controllers: [OrdersController], providers: [...useCases, repository], exports: [PlaceOrder] })
export class OrdersApiModule {}

/** Mounted by apps/worker. */
@Module({ imports: [AccountsWorkerModule], providers: [...handlers, FulfilOrder, repository, mailer] })
export class OrdersWorkerModule {}
