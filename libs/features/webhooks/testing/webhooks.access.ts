import { randomUUID } from 'node:crypto';
import { type Expectation, owners, signedIn, type World } from '#platform/testing/system/access-expectations.js';
import { inDatabase } from '#platform/testing/system/administration.js';

/** The only one of the user, who may have twenty. Nobody can read its secret, so nothing is sent anywhere. */
async function anEndpoint({ system, user }: World): Promise<string> {
  const id = randomUUID();
  await inDatabase(system, 'DELETE FROM webhook_endpoints WHERE user_id = $1', [user.id]);
  const columns = 'id, user_id, url, events, audience, secret, created_at, updated_at';
  await inDatabase(
    system,
    `INSERT INTO webhook_endpoints (${columns}) VALUES ($1, $2, 'https://receiver.invalid/', '{}', 'own', '', now(), now())`,
    [id, user.id],
  );
  return id;
}
const ofEndpoint = async (world: World) => ({ params: { id: await anEndpoint(world) } });

async function anEndedDelivery(world: World) {
  const [id, endpointId] = [randomUUID(), await anEndpoint(world)];
  const columns = 'id, endpoint_id, message_id, event, body, status, created_at, ended_at';
  await inDatabase(
    world.system,
    `INSERT INTO webhook_deliveries (${columns}) VALUES ($1, $2, 'msg_1', 'user.registered', '{}', 'failed', now(), now())`,
    [id, endpointId],
  );
  return { params: { id } };
}

/** The key of the administrator has none of the permissions for webhooks. */
export const expectations: Readonly<Record<string, Expectation>> = {
  'WebhookEndpoints.create': {
    statuses: signedIn(201),
    call: () => ({ body: { url: 'https://receiver.invalid/hooks', events: ['user.registered'] } }),
  },
  'WebhookEndpoints.list': { statuses: signedIn(200) },
  'WebhookEndpoints.get': { statuses: owners(200, 403), call: ofEndpoint },
  'WebhookEndpoints.change': {
    statuses: owners(200, 403),
    call: async (world) => ({ ...(await ofEndpoint(world)), body: { isEnabled: false } }),
  },
  'WebhookEndpoints.delete': { statuses: owners(204, 403), call: ofEndpoint },
  'WebhookEndpoints.rotate': { statuses: owners(200, 403), call: ofEndpoint },
  'WebhookDeliveries.list': { statuses: signedIn(200) },
  'WebhookDeliveries.again': { statuses: owners(202, 403), call: anEndedDelivery },
  'WebhookDeliveries.since': {
    statuses: owners(202, 403),
    call: async (world) => ({ ...(await ofEndpoint(world)), body: { since: new Date().toISOString() } }),
  },
  'WebhookDeliveries.test': { statuses: owners(202, 403), call: ofEndpoint },
  'WebhookEventTypes.list': { statuses: signedIn(200) },
};
