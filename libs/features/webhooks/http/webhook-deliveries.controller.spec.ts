import { describe, expect, it } from 'vitest';
import { aMessage } from '../testing/deliveries.repository.contract.js';
import { hoursAfterNow, NOW } from '../testing/endpoint.factory.js';
import { webhooksApp } from '../testing/webhooks-app.js';

const ENDPOINTS = '/v1/webhooks/endpoints';
const URL = '/v1/webhooks/deliveries';

async function setup(...[overrides]: Parameters<typeof webhooksApp>) {
  const world = await webhooksApp(overrides);
  const [id = ''] = await world.deliveries.add(aMessage(), [world.endpoint.id], NOW);
  return { ...world, id };
}

describe('GET /v1/webhooks/deliveries', () => {
  it('shows what is on its way, of one endpoint and in one state', async () => {
    const { app, endpoint, deliveries, id } = await setup();
    const [ended = ''] = await deliveries.add(aMessage(), [endpoint.id], NOW);
    deliveries.end(ended, 'failed');
    const idsOf = async (query: string) =>
      (await app.inject(`${URL}${query}`)).json().data.map((delivery: { id: string }) => delivery.id);

    expect(await idsOf('')).toEqual([ended, id]);
    expect(await idsOf(`?endpointId=${endpoint.id}&status=failed`)).toEqual([ended]);
    expect(await idsOf(`?endpointId=${id}`)).toEqual([]);
  });

  it('answers 422 to a state that is none', async () => {
    const { app } = await setup();

    expect((await app.inject(`${URL}?status=lost`)).statusCode).toBe(422);
  });
});

describe('POST /v1/webhooks/deliveries/:id/redeliver', () => {
  it('answers 202 when it has ended, and 409 with a code while it has not', async () => {
    const { app, deliveries, id } = await setup();
    const again = () => app.inject({ method: 'POST', url: `${URL}/${id}/redeliver` });

    expect((await again()).json()).toMatchObject({ status: 409, code: 'WEBHOOK_DELIVERY_PENDING' });
    deliveries.end(id, 'failed');
    const response = await again();

    expect(response.statusCode).toBe(202);
    expect(response.json().data).toMatchObject({ id, status: 'pending' });
  });
});

describe('POST /v1/webhooks/endpoints/:id/redeliver', () => {
  it('answers 202 with how many are sent again', async () => {
    const { app, endpoint, deliveries, id } = await setup();
    deliveries.end(id, 'failed');
    const since = (at: Date) =>
      app.inject({ method: 'POST', url: `${ENDPOINTS}/${endpoint.id}/redeliver`, payload: { since: at } });

    expect((await since(hoursAfterNow(1))).json().data).toEqual({ redelivered: 0 });
    const response = await since(NOW);

    expect(response.statusCode).toBe(202);
    expect(response.json().data).toEqual({ redelivered: 1 });
  });
});

describe('POST /v1/webhooks/endpoints/:id/test', () => {
  it('answers 202 with a delivery, and 409 with a code where the endpoint is disabled', async () => {
    const test = async ({ app, endpoint }: Awaited<ReturnType<typeof setup>>) =>
      app.inject({ method: 'POST', url: `${ENDPOINTS}/${endpoint.id}/test` });

    const response = await test(await setup());

    expect(response.statusCode).toBe(202);
    expect(response.json().data).toMatchObject({ event: 'webhook.test', status: 'pending', attempts: [] });
    expect((await test(await setup({ disabledBecause: 'owner' }))).json().code).toBe('WEBHOOK_ENDPOINT_DISABLED');
  });
});
