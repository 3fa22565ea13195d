import { Module } from '@nestjs/common';
import { DueDeliveries } from '../../application/sending/due-deliveries.js';
import { SendDueDeliveries } from '../../application/sending/send-due-deliveries.js';
import { WebhookClient } from '../../application/sending/webhook-client.js';
import { EndpointSecrets } from '../endpoint-secrets.js';
import { Receivers } from '../receivers.js';
import { DeliveryLanes } from './delivery-lanes.js';
import { DeliveryLoop } from './delivery-loop.js';
import { HttpWebhookClient } from './http-webhook-client.js';
import { SqlDueDeliveries } from './sql-due-deliveries.js';

/** What the worker sends with, beside its jobs. */
@Module({
  providers: [
    EndpointSecrets,
    Receivers,
    { provide: DueDeliveries, useClass: SqlDueDeliveries },
    { provide: WebhookClient, useClass: HttpWebhookClient },
    SendDueDeliveries,
    DeliveryLanes,
    DeliveryLoop,
  ],
})
export class SendingModule {}
