import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { readQueues } from '../application/queue.permissions.js';
import { Queues } from '../application/queues.js';
import { queueResponse } from './queue.schemas.js';

@Controller({ path: 'admin/queues', version: '1' })
export class QueuesController {
  constructor(private readonly queues: Queues) {}

  @Get()
  @ApiOperation({ summary: 'List queues' })
  @RequirePermission(readQueues)
  @Returns(200, z.array(queueResponse))
  list() {
    return this.queues.all();
  }
}
