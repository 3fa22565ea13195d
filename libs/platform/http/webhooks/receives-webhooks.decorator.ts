import { applyDecorators, type Type, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { Returns } from '../answers/returns.decorator.js';
import { Throws } from '../errors/throws.decorator.js';
import { Public } from '../routes/access.decorators.js';
import { routeConfig } from '../routes/route-config.js';
import { WebhookSignatureInvalid } from './webhook.errors.js';
import { WebhookInterceptor } from './webhook.interceptor.js';
import type { WebhookSource } from './webhook-source.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    webhooks?: Readonly<{ source: string; secretsOf: Type<WebhookSource> }>;
  }
}

const header = (name: string, description: string) =>
  ApiHeader({ name, required: true, description, schema: { type: 'string' } });

/**
 * The route takes webhooks by the Standard Webhooks specification: those that are signed, not older than five minutes, and each id once.
 * What the controller writes commits together with the note that the id was seen, so that one that failed may come again. The body is
 * there as it is parsed, and by `@RawBody()` as it came.
 * @param source its name, which rows carry: ids of different sources have nothing to do with each other
 */
export const ReceivesWebhooks = (source: string, secretsOf: Type<WebhookSource>): MethodDecorator =>
  applyDecorators(
    Public(),
    routeConfig({ webhooks: { source, secretsOf }, keepsRawBody: true }),
    UseInterceptors(WebhookInterceptor),
    Returns(204),
    Throws(WebhookSignatureInvalid),
    header('webhook-id', 'The same whenever it is sent again.'),
    header('webhook-timestamp', 'Of this attempt, in seconds since 1970.'),
    header('webhook-signature', '`v1,` and the signature; several are separated by spaces.'),
  );
