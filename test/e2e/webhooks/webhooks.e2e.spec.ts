import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import { aReceiver, type Received } from '#features/webhooks/testing/receiver.js';
import { type Account, signUpOnlyAdministrator, signUpWithId } from '#platform/testing/system/administration.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

let system: System;
let admin: Account;
let user: Account;
beforeAll(async () => {
  system = await startSystem({ OUTBOUND_ALLOWED_ADDRESSES: '127.0.0.1' });
  admin = await signUpOnlyAdministrator(system);
  user = await signUpWithId(system);
});
afterAll(() => system.stop());

const api = ({ token }: Account) => system.client.as(token);
type Wish = Readonly<{ url: string; audience?: 'own' | 'everybody' }>;
const anEndpoint = async (owner: Account, wish: Wish) => {
  const body = { events: ['user.registered'], ...wish };
  return (await orThrow(api(owner).POST('/v1/webhooks/endpoints', { body }))).data;
};
const deliveriesTo = async (owner: Account, endpointId: string) =>
  (await orThrow(api(owner).GET('/v1/webhooks/deliveries', { params: { query: { endpointId } } }))).data;
const verify = ({ body, headers }: Received, secret: string) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

describe('an endpoint of an administrator that hears of everybody', () => {
  it('is told of each new account, in a way that its receiver can verify', async () => {
    const receiver = await aReceiver();
    const endpoint = await anEndpoint(admin, { url: receiver.url, audience: 'everybody' });

    const { id: userId } = await signUpWithId(system);
    await eventually(() => expect(receiver.received).toHaveLength(1));

    expect(verify(receiver.received[0] as Received, endpoint.secret)).toMatchObject({
      type: 'user.registered',
      data: { userId },
    });
    await eventually(async () =>
      expect(await deliveriesTo(admin, endpoint.id)).toMatchObject([
        { status: 'delivered', messageId: receiver.ids()[0], attempts: [{ status: 204, failure: null }] },
      ]),
    );
    await receiver.stop();
  });
});

describe('somebody who writes a receiver', () => {
  it('sends a test, rotates the secret, and has all of it sent again', async () => {
    const receiver = await aReceiver();
    const { id, secret } = await anEndpoint(user, { url: receiver.url });
    const path = { params: { path: { id } } };
    await orThrow(api(user).POST('/v1/webhooks/endpoints/{id}/test', path));
    await eventually(async () => expect(await deliveriesTo(user, id)).toMatchObject([{ status: 'delivered' }]));

    const { data: rotated } = await orThrow(api(user).POST('/v1/webhooks/endpoints/{id}/rotate-secret', path));
    const since = { body: { since: new Date(Date.now() - 60_000).toISOString() } };
    const { data } = await orThrow(api(user).POST('/v1/webhooks/endpoints/{id}/redeliver', { ...path, ...since }));
    await eventually(() => expect(receiver.received).toHaveLength(2));

    const [first, second] = receiver.received as [Received, Received];
    expect(data.redelivered).toBe(1);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(verify(first, secret)).toMatchObject({ type: 'webhook.test', data: { endpointId: id } });
    for (const each of [secret, rotated.secret]) expect(verify(second, each)).toMatchObject({ type: 'webhook.test' });
    await receiver.stop();
  });

  it('is told which events there are when they name another', async () => {
    const body = { url: 'https://receiver.invalid/', events: ['user.flew'] };

    const { error } = await api(user).POST('/v1/webhooks/endpoints', { body });

    const types = await orThrow(api(user).GET('/v1/webhooks/event-types'));
    expect(error).toMatchObject({ code: 'WEBHOOK_EVENT_UNKNOWN', status: 422 });
    for (const { name } of types.data) expect(JSON.stringify(error)).toContain(name);
  });

  it.each(['http://127.0.0.2/', 'http://169.254.169.254/', 'https://a:b@example.com/'])(
    'is refused an address that is not theirs to name: %s',
    async (url) => {
      const body = { url, events: ['user.registered'] };

      const { error } = await api(user).POST('/v1/webhooks/endpoints', { body });

      expect(error).toMatchObject({ code: 'WEBHOOK_URL_REFUSED', errors: [{ pointer: '#/url' }] });
    },
  );
});
