import { Module } from '@nestjs/common';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { CancelOrder } from './application/cancel-order.js';
import { DeleteOrder } from './application/deletion/delete-order.js';
import { ListDeletedOrders } from './application/deletion/list-deleted-orders.js';
import { RestoreOrder } from './application/deletion/restore-order.js';
import { ExportOrders } from './application/exports/export-orders.js';
import { OrderLines } from './application/exports/order-lines.js';
import { FindOrder } from './application/find-order.js';
import { FulfilOrder } from './application/fulfil-order.js';
import { GetOrder } from './application/get-order.js';
import { OrdersRepository } from './application/orders.repository.js';
import { PlaceOrder } from './application/place-order.js';
import { OrderSearch } from './application/search/order-search.js';
import { DeletedOrdersController } from './http/deleted-orders.controller.js';
import { OrderSearchController } from './http/order-search.controller.js';
import { OrdersController } from './http/orders.controller.js';
import { ordersRetention } from './infrastructure/orders.retention.js';
import { PrismaOrdersRepository } from './infrastructure/prisma-orders.repository.js';
import { SqlOrderLines } from './infrastructure/sql-order-lines.js';
import { SqlOrderSearch } from './infrastructure/sql-order-search.js';
import { FulfilOrderHandler } from './jobs/fulfil-order.handler.js';
import { OrdersExportHandler } from './jobs/orders-export.handler.js';

const repository = { provide: OrdersRepository, useClass: PrismaOrdersRepository };

const search = { provide: OrderSearch, useClass: SqlOrderSearch };

const lines = { provide: OrderLines, useClass: SqlOrderLines };

const useCases = [PlaceOrder, GetOrder, CancelOrder, DeleteOrder, RestoreOrder, ListDeletedOrders, ExportOrders];
/** Mounted by apps/api. */
@OpenApiTag({ name: 'Orders', description: 'What somebody buys, from placing it to its export.' })
@Module({
  controllers: [OrderSearchController, OrdersController, DeletedOrdersController],
  providers: [...useCases, repository, search],
  exports: [PlaceOrder],
})
export class OrdersApiModule {}

/** Mounted by apps/worker. */
@Module({
  providers: [FulfilOrderHandler, OrdersExportHandler, FulfilOrder, FindOrder, repository, lines, ordersRetention],
  exports: [FindOrder],
})
export class OrdersWorkerModule {}
