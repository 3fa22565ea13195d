import { Clock } from '#platform/kernel/clock.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { httpApp } from '#platform/testing/http-app.js';
import { DeliveriesRepository } from '../application/deliveries.repository.js';
import { EndpointsRepository } from '../application/endpoints.repository.js';
import { WebhookAddresses } from '../application/webhook-addresses.js';
import { WebhooksApiModule } from '../webhooks.module.js';
import { NOW } from './endpoint.factory.js';
import { setup } from './setup.js';

/** The feature behind the real pipeline, called by the owner of the one endpoint that there is. */
export async function webhooksApp(...[overrides]: Parameters<typeof setup>) {
  const world = await setup(overrides);
  const app = await httpApp(
    {
      imports: [WebhooksApiModule],
      providers: [
        { provide: EndpointsRepository, useValue: world.endpoints },
        { provide: DeliveriesRepository, useValue: world.deliveries },
        { provide: WebhookAddresses, useValue: world.addresses },
        { provide: Clock, useValue: new StoppedClock(NOW) },
      ],
    },
    world.owner,
  );
  return { ...world, app };
}
