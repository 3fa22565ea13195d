import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { ListDeletedOrders } from '../application/deletion/list-deleted-orders.js';
import { RestoreOrder } from '../application/deletion/restore-order.js';
import { restoreOrders } from '../application/order.permissions.js';
import { OrderNotFound } from '../domain/order.errors.js';
import {
  deletedOrderResponse,
  etag,
  type ListDeletedOrdersQuery,
  listDeletedOrdersQuery,
  type OrderParams,
  orderParams,
  orderResponse,
} from './order.schemas.js';

/** Of all buyers, for administrators. */
@Controller({ path: 'orders', version: '1' })
export class DeletedOrdersController {
  constructor(
    private readonly listDeletedOrders: ListDeletedOrders,
    private readonly restoreOrder: RestoreOrder,
  ) {}

  @Get('deleted')
  @ApiOperation({ summary: 'List deleted orders', description: 'Of all buyers.' })
  @RequirePermission(restoreOrders)
  @Returns(200, deletedOrderResponse, { page: true })
  list(@Query({ schema: listDeletedOrdersQuery }) { limit, cursor }: ListDeletedOrdersQuery) {
    return this.listDeletedOrders.execute({ limit, after: cursor ?? null });
  }

  @Post(':id/restore')
  @ApiOperation({ summary: 'Restore a deleted order' })
  @RequirePermission(restoreOrders)
  @Returns(200, orderResponse, { etag })
  @Throws(OrderNotFound)
  restore(@Param({ schema: orderParams }) { id }: OrderParams) {
    return this.restoreOrder.execute(id);
  }
}
