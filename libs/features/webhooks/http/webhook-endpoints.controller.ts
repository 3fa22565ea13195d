import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { ChangeEndpoint } from '../application/change-endpoint.js';
import { CreateEndpoint } from '../application/create-endpoint.js';
import { DeleteEndpoint } from '../application/delete-endpoint.js';
import { EndpointsRepository } from '../application/endpoints.repository.js';
import { GetEndpoint } from '../application/get-endpoint.js';
import { RotateSecret } from '../application/rotate-secret.js';
import { viewerOf } from '../application/viewer.js';
import { readWebhooks, writeWebhooks } from '../application/webhook.permissions.js';
import { OVERLAP_HOURS } from '../domain/endpoint.js';
import * as errors from '../domain/webhook.errors.js';
import { webhookChangesLimit } from './webhook.rate-limits.js';
import * as schemas from './webhook.schemas.js';

@Controller({ path: 'webhooks/endpoints', version: '1' })
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly createEndpoint: CreateEndpoint,
    private readonly getEndpoint: GetEndpoint,
    private readonly changeEndpoint: ChangeEndpoint,
    private readonly deleteEndpoint: DeleteEndpoint,
    private readonly rotateSecret: RotateSecret,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Create a webhook endpoint',
    description:
      'Events are sent to it by POST, signed by the Standard Webhooks specification (standardwebhooks.com), in no order that is promised, ' +
      'and each at least once: `webhook-id` tells those apart that come twice. The secret is shown this once.',
  })
  @RequirePermission(writeWebhooks)
  @RateLimited(webhookChangesLimit)
  @Returns(201, schemas.endpointWithSecretResponse, { location: ({ id }) => `/v1/webhooks/endpoints/${id}` })
  @Throws(errors.WebhookEventUnknown, errors.WebhookUrlRefused, errors.WebhookEndpointsTooMany)
  async create(
    @Body({ schema: schemas.createEndpointBody }) wish: schemas.CreateEndpointBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return schemas.endpointView(await this.createEndpoint.execute(principal, wish));
  }

  @Get()
  @ApiOperation({ summary: 'List my webhook endpoints', description: 'The newest first.' })
  @RequirePermission(readWebhooks)
  @Returns(200, schemas.endpointResponse, { page: true })
  async list(
    @Query({ schema: schemas.listEndpointsQuery }) { limit, cursor }: schemas.ListEndpointsQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const page = await this.endpoints.list(viewerOf(principal), { limit, after: cursor ?? null });
    return { ...page, items: page.items.map(schemas.endpointView) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a webhook endpoint' })
  @RequirePermission(readWebhooks)
  @Returns(200, schemas.endpointResponse)
  @Throws(errors.WebhookEndpointNotFound)
  async get(
    @Param({ schema: schemas.webhookParams }) { id }: schemas.WebhookParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return schemas.endpointView(await this.getEndpoint.execute(principal, id));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a webhook endpoint',
    description:
      'While it is disabled, what is on its way to it waits, and events that happen meanwhile are not for it.',
  })
  @RequirePermission(writeWebhooks)
  @RateLimited(webhookChangesLimit)
  @Returns(200, schemas.endpointResponse)
  @Throws(errors.WebhookEndpointNotFound, errors.WebhookEventUnknown, errors.WebhookUrlRefused)
  async change(
    @Param({ schema: schemas.webhookParams }) { id }: schemas.WebhookParams,
    @Body({ schema: schemas.changeEndpointBody }) change: schemas.ChangeEndpointBody,
    @CurrentPrincipal() principal: Principal,
  ) {
    return schemas.endpointView(await this.changeEndpoint.execute(principal, id, change));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a webhook endpoint', description: 'With the log of its deliveries.' })
  @RequirePermission(writeWebhooks)
  @Returns(204)
  @Throws(errors.WebhookEndpointNotFound)
  delete(
    @Param({ schema: schemas.webhookParams }) { id }: schemas.WebhookParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.deleteEndpoint.execute(principal, id);
  }

  @Post(':id/rotate-secret')
  @ApiOperation({
    summary: 'Replace the secret of a webhook endpoint',
    description: `For ${OVERLAP_HOURS} hours deliveries carry a signature by the secret before as well. The new one is shown this once.`,
  })
  @RequirePermission(writeWebhooks)
  @Returns(200, schemas.endpointWithSecretResponse)
  @Throws(errors.WebhookEndpointNotFound)
  async rotate(
    @Param({ schema: schemas.webhookParams }) { id }: schemas.WebhookParams,
    @CurrentPrincipal() principal: Principal,
  ) {
    return schemas.endpointView(await this.rotateSecret.execute(principal, id));
  }
}
