import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { ListQueues } from '../application/list-queues.js';
import { readQueues } from '../application/queue.permissions.js';
import { queueResponse } from './queue.schemas.js';

@Controller({ path: 'admin/queues', version: '1' })
export class QueuesController {
  constructor(private readonly listQueues: ListQueues) {}

  @Get()
  @RequirePermission(readQueues)
  @Returns(200, z.array(queueResponse))
  list(@CurrentPrincipal() principal: Principal) {
    return this.listQueues.execute(principal);
  }
}
