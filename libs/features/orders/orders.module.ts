import { Module } from '@nestjs/common';
import { CancelOrder } from './application/cancel-order.js';
import { FindOrder } from './application/find-order.js';
import { FulfilOrder } from './application/fulfil-order.js';
import { GetOrder } from './application/get-order.js';
import { ListOrders } from './application/list-orders.js';
import { OrdersRepository } from './application/orders.repository.js';
import { PlaceOrder } from './application/place-order.js';
import { OrdersController } from './http/orders.controller.js';
import { PrismaOrdersRepository } from './infrastructure/prisma-orders.repository.js';
import { FulfilOrderHandler } from './jobs/fulfil-order.handler.js';

const repository = { provide: OrdersRepository, useClass: PrismaOrdersRepository };

const useCases = [PlaceOrder, ListOrders, GetOrder, CancelOrder];
/** Mounted by apps/api. */
@Module({ controllers: [OrdersController], providers: [...useCases, repository], exports: [PlaceOrder] })
export class OrdersApiModule {}

/** Mounted by apps/worker. */
@Module({ providers: [FulfilOrderHandler, FulfilOrder, FindOrder, repository], exports: [FindOrder] })
export class OrdersWorkerModule {}
