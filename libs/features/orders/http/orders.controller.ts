import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { Idempotent } from '#platform/http/idempotency/idempotent.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { IfMatch } from '#platform/http/input/if-match.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { SwitchedOff } from '#platform/kernel/flags.js';
import { OperationViews, operationHeaders, operationResponse } from '#platform/operations/operation-views.js';
import { CancelOrder } from '../application/cancel-order.js';
import { DeleteOrder } from '../application/deletion/delete-order.js';
import { ExportOrders } from '../application/exports/export-orders.js';
import { GetOrder } from '../application/get-order.js';
import { cancelOrders, deleteOrders, placeOrders, readOrders } from '../application/order.permissions.js';
import { OrdersRepository } from '../application/orders.repository.js';
import { PlaceOrder } from '../application/place-order.js';
import {
  OrderChanged,
  OrderCurrenciesMixed,
  OrderNotCancellable,
  OrderNotDeletable,
  OrderNotFound,
  OrderOutOfBounds,
} from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { exportsLimit } from './order.rate-limits.js';
import {
  etag,
  type ListOrdersQuery,
  listOrdersQuery,
  type OrderParams,
  orderParams,
  orderResponse,
  type PlaceOrderBody,
  placeOrderBody,
} from './order.schemas.js';

const location = ({ id }: Order): string => `/v1/orders/${id}`;

@Controller({ path: 'orders', version: '1' })
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly getOrder: GetOrder,
    private readonly cancelOrder: CancelOrder,
    private readonly deleteOrder: DeleteOrder,
    private readonly exportOrders: ExportOrders,
    private readonly operations: OperationViews,
    private readonly orders: OrdersRepository,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Place an order', description: 'All prices have one currency. The worker fulfils it.' })
  @RequirePermission(placeOrders)
  @Idempotent()
  @Returns(201, orderResponse, { location, etag })
  @Throws(OrderCurrenciesMixed, OrderOutOfBounds)
  place(@Body({ schema: placeOrderBody }) body: PlaceOrderBody, @CurrentPrincipal() principal: Principal) {
    return this.placeOrder.execute(principal, body);
  }

  @Post('exports')
  @ApiOperation({
    summary: 'Export my orders',
    description: 'All of them as CSV, made by the worker: the operation leads to the file.',
  })
  @RequirePermission(readOrders)
  @RateLimited(exportsLimit)
  @Returns(202, operationResponse, operationHeaders)
  @Throws(SwitchedOff)
  async export(@CurrentPrincipal() principal: Principal) {
    return this.operations.of(await this.exportOrders.execute(principal));
  }

  @Get()
  @ApiOperation({ summary: 'List my orders', description: 'The newest first.' })
  @RequirePermission(readOrders)
  @Returns(200, orderResponse, { page: true })
  list(
    @Query({ schema: listOrdersQuery }) { limit, cursor, ...filter }: ListOrdersQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.orders.listOwned(principal.id, filter, { limit, after: cursor ?? null });
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get an order' })
  @RequirePermission(readOrders)
  @Returns(200, orderResponse, { etag })
  @Throws(OrderNotFound)
  get(@Param({ schema: orderParams }) { id }: OrderParams, @CurrentPrincipal() principal: Principal) {
    return this.getOrder.execute(principal, id);
  }

  @Post(':id/cancel')
  @ApiOperation({ summary: 'Cancel an order', description: 'While it is not fulfilled.' })
  @RequirePermission(cancelOrders)
  @Returns(200, orderResponse, { etag })
  @Throws(OrderNotFound, OrderNotCancellable, OrderChanged)
  cancel(
    @Param({ schema: orderParams }) { id }: OrderParams,
    @IfMatch() versions: readonly string[] | null,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.cancelOrder.execute(principal, id, versions);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete an order', description: 'An administrator can restore it for 30 days.' })
  @RequirePermission(deleteOrders)
  @Returns(204)
  @Throws(OrderNotFound, OrderNotDeletable, OrderChanged)
  delete(
    @Param({ schema: orderParams }) { id }: OrderParams,
    @IfMatch() versions: readonly string[] | null,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.deleteOrder.execute(principal, id, versions);
  }
}
