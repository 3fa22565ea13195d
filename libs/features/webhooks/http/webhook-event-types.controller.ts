import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { publicEvents } from '#platform/kernel/jobs/events.js';
import { readWebhooks } from '../application/webhook.permissions.js';
import { eventTypeResponse } from './webhook.schemas.js';

@Controller({ path: 'webhooks/event-types', version: '1' })
export class WebhookEventTypesController {
  @Get()
  @ApiOperation({
    summary: 'List webhook event types',
    description: 'What endpoints may subscribe to. A payload may grow; one that means something else has another name.',
  })
  @RequirePermission(readWebhooks)
  @Returns(200, z.array(eventTypeResponse))
  list() {
    return publicEvents().map(({ name, payload, webhook: { description, example } }) => ({
      name,
      description,
      example,
      schema: z.toJSONSchema(payload, { io: 'input' }),
    }));
  }
}
