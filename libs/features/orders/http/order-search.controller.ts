import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { readOrders } from '../application/order.permissions.js';
import { OrderSearch } from '../application/search/order-search.js';
import { orderResponse, type SearchOrdersQuery, searchOrdersQuery } from './order.schemas.js';

@Controller({ path: 'orders', version: '1' })
export class OrderSearchController {
  constructor(private readonly orders: OrderSearch) {}

  @Get('search')
  @ApiOperation({
    summary: 'Search my orders',
    description:
      'Those with all words in their SKUs or note, the best first. `"two words"` stand side by side, `or` lets one of two be enough, `-word` is not to be there.',
  })
  @RequirePermission(readOrders)
  @Returns(200, orderResponse, { page: true })
  search(
    @Query({ schema: searchOrdersQuery }) { q, limit, cursor }: SearchOrdersQuery,
    @CurrentPrincipal() { id }: Principal,
  ) {
    return this.orders.search(id, q, { limit, after: cursor ?? null });
  }
}
