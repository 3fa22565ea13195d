import { Module } from '@nestjs/common';
import { AccountsWorkerModule } from '#features/accounts/accounts.module.js';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { ChangeEndpoint } from './application/change-endpoint.js';
import { CreateEndpoint } from './application/create-endpoint.js';
import { DeleteEndpoint } from './application/delete-endpoint.js';
import { DeliveriesRepository } from './application/deliveries.repository.js';
import { EnabledEndpoint } from './application/enabled-endpoint.js';
import { EndpointsRepository } from './application/endpoints.repository.js';
import { GetEndpoint } from './application/get-endpoint.js';
import { RecordDeliveries } from './application/record-deliveries.js';
import { Redeliver } from './application/redeliver.js';
import { RedeliverSince } from './application/redeliver-since.js';
import { RotateSecret } from './application/rotate-secret.js';
import { SendTestEvent } from './application/send-test-event.js';
import { WebhookAddresses } from './application/webhook-addresses.js';
import { WebhookMailer } from './application/webhook-mailer.js';
import { WebhookDeliveriesController } from './http/webhook-deliveries.controller.js';
import { WebhookEndpointsController } from './http/webhook-endpoints.controller.js';
import { WebhookEventTypesController } from './http/webhook-event-types.controller.js';
import { CheckedAddresses } from './infrastructure/checked-addresses.js';
import { EndpointSecrets } from './infrastructure/endpoint-secrets.js';
import { Receivers } from './infrastructure/receivers.js';
import { SendingModule } from './infrastructure/sending/sending.module.js';
import { SqlDeliveriesRepository } from './infrastructure/sql-deliveries.repository.js';
import { SqlEndpointsRepository } from './infrastructure/sql-endpoints.repository.js';
import { TemplatedWebhookMailer } from './infrastructure/templated-webhook-mailer.js';
import { webhooksRetention } from './infrastructure/webhooks.retention.js';
import { MailDisabledHandler } from './jobs/mail-disabled.handler.js';
import { RecordDeliveriesHandler } from './jobs/record-deliveries.handler.js';

const repositories = [
  EndpointSecrets,
  { provide: EndpointsRepository, useClass: SqlEndpointsRepository },
  { provide: DeliveriesRepository, useClass: SqlDeliveriesRepository },
];
const addresses = [Receivers, { provide: WebhookAddresses, useClass: CheckedAddresses }];
const ofEndpoints = [CreateEndpoint, GetEndpoint, ChangeEndpoint, DeleteEndpoint, RotateSecret, EnabledEndpoint];
const ofDeliveries = [SendTestEvent, Redeliver, RedeliverSince];

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Webhooks', description: 'What happens here, told to other servers.' })
@Module({
  controllers: [WebhookEndpointsController, WebhookDeliveriesController, WebhookEventTypesController],
  providers: [...ofEndpoints, ...ofDeliveries, ...repositories, ...addresses],
})
export class WebhooksApiModule {}

const handlers = [RecordDeliveriesHandler, MailDisabledHandler];

/** Mounted by apps/worker. Hears of what features declare public; they know nothing of it. */
@Module({
  imports: [AccountsWorkerModule, SendingModule],
  providers: [
    ...handlers,
    RecordDeliveries,
    ...repositories,
    { provide: WebhookMailer, useClass: TemplatedWebhookMailer },
    webhooksRetention,
  ],
})
export class WebhooksWorkerModule {}
