import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Clock } from '../../kernel/clock.js';
import { Transaction } from '../../kernel/transaction.js';
import { ReceivedWebhooks } from './received-webhooks.js';
import { verifiedId } from './verified-id.js';

/** Lets a signed webhook through to the controller, once. */
@Injectable()
export class WebhookInterceptor implements NestInterceptor {
  constructor(
    private readonly modules: ModuleRef,
    private readonly transaction: Transaction,
    private readonly received: ReceivedWebhooks,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.once(context.switchToHttp().getRequest<FastifyRequest>(), next));
  }

  private async once(request: FastifyRequest, next: CallHandler): Promise<unknown> {
    const { webhooks } = request.routeOptions.config;
    if (!webhooks) throw new Error('@ReceivesWebhooks names where they come from.');
    const secrets = await this.modules.get(webhooks.secretsOf, { strict: false }).secrets();
    const id = verifiedId(request, secrets, this.clock.now());

    return this.transaction.run(async () => {
      const isNew = await this.received.add(webhooks.source, id);
      return isNew ? lastValueFrom(next.handle(), { defaultValue: undefined }) : undefined;
    });
  }
}
