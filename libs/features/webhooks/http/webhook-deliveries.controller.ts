import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { DeliveriesRepository } from '../application/deliveries.repository.js';
import { Redeliver } from '../application/redeliver.js';
import { RedeliverSince } from '../application/redeliver-since.js';
import { SendTestEvent } from '../application/send-test-event.js';
import { viewerOf } from '../application/viewer.js';
import { readWebhooks, writeWebhooks } from '../application/webhook.permissions.js';
import * as errors from '../domain/webhook.errors.js';
import { webhookSendingLimit } from './webhook.rate-limits.js';
import * as schemas from './webhook.schemas.js';

@Controller({ path: 'webhooks', version: '1' })
export class WebhookDeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly sendTestEvent: SendTestEvent,
    private readonly redeliver: Redeliver,
    private readonly redeliverSince: RedeliverSince,
  ) {}

  @Get('deliveries')
  @ApiOperation({
    summary: 'List webhook deliveries',
    description: 'To my endpoints, the newest first, with what became of each attempt. They are kept for 30 days.',
  })
  @RequirePermission(readWebhooks)
  @Returns(200, schemas.deliveryResponse, { page: true })
  list(
    @Query({ schema: schemas.listDeliveriesQuery }) { limit, cursor, ...filter }: schemas.ListDeliveriesQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.deliveries.list(viewerOf(principal), filter, { limit, after: cursor ?? null });
  }

  @Post('deliveries/:id/redeliver')
  @ApiOperation({
    summary: 'Send a webhook delivery again',
    description: 'One that has ended, whether it was delivered or given up. It keeps its `webhook-id`.',
  })
  @RequirePermission(writeWebhooks)
  @RateLimited(webhookSendingLimit)
  @Returns(202, schemas.deliveryResponse)
  @Throws(errors.WebhookDeliveryNotFound, errors.WebhookDeliveryPending, errors.WebhookEndpointDisabled)
  again(
    @Param({ schema: schemas.webhookParams }) { id }: schemas.WebhookParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.redeliver.execute(principal, id);
  }

  @Post('endpoints/:id/redeliver')
  @ApiOperation({
    summary: 'Send webhook deliveries again since a time',
    description: 'Those of one endpoint that were made since then and have ended. They keep their `webhook-id`.',
  })
  @RequirePermission(writeWebhooks)
  @RateLimited(webhookSendingLimit)
  @Returns(202, schemas.redeliveredResponse)
  @Throws(errors.WebhookEndpointNotFound, errors.WebhookEndpointDisabled)
  async since(
    @Param({ schema: schemas.webhookParams }) { id }: schemas.WebhookParams,
    @Body({ schema: schemas.redeliverBody }) { since }: schemas.RedeliverBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return { redelivered: await this.redeliverSince.execute(principal, id, since) };
  }

  @Post('endpoints/:id/test')
  @ApiOperation({
    summary: 'Send a test event to a webhook endpoint',
    description: 'Of the type `webhook.test`, signed and logged like any other.',
  })
  @RequirePermission(writeWebhooks)
  @RateLimited(webhookSendingLimit)
  @Returns(202, schemas.deliveryResponse)
  @Throws(errors.WebhookEndpointNotFound, errors.WebhookEndpointDisabled)
  test(
    @Param({ schema: schemas.webhookParams }) { id }: schemas.WebhookParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.sendTestEvent.execute(principal, id);
  }
}
