import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EndpointSecrets } from '#features/webhooks/infrastructure/endpoint-secrets.js';
import { aReceiver } from '#features/webhooks/testing/receiver.js';
import { loadEnv } from '#platform/config/load-env.js';
import { newWebhookSecret } from '#platform/http/webhooks/webhook-signature.js';
import { aSilentUser, inDatabase } from '#platform/testing/system/administration.js';
import { systemEnvironment } from '#platform/testing/system/environment.js';
import type { Environment } from '#platform/testing/system/program.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { installedPostgres } from '../../../tools/servers/postgres/postgres-cluster.ts';
import { type OwnServers, startOwnServers } from '../../chaos/everything/own-servers.ts';
import { WorkerCrew } from '../../chaos/everything/worker-crew.ts';

const [ENDPOINTS, EVENTS, KILLS] = [5, 300, 4];
/** A delivery whose worker was killed rests until its lease is over. */
const PATIENCE_MS = 120_000;

const hasOwnPostgres = (await installedPostgres()) !== null;
if (!hasOwnPostgres) console.warn('No Postgres from npm for this platform: nothing is taken away from the senders.');

type Receiver = Awaited<ReturnType<typeof aReceiver>>;

(hasOwnPostgres ? describe : describe.skip)('events, while workers are killed and Postgres crashes', () => {
  let servers: OwnServers;
  let crew: WorkerCrew;
  let receivers: Receiver[];
  let env: Environment;
  let ids: string[];
  beforeAll(async () => {
    servers = await startOwnServers();
    env = systemEnvironment({
      DATABASE_URL: servers.databaseUrl,
      REDIS_URL: servers.redisUrl,
      OUTBOUND_ALLOWED_ADDRESSES: '127.0.0.1',
      PUBLIC_URL: 'https://api.example.test',
    });
    // Slow, so that each worker that is killed has calls under way.
    receivers = await Promise.all(
      Array.from({ length: ENDPOINTS }, () =>
        aReceiver((_, response) => void setTimeout(() => response.writeHead(204).end(), 100)),
      ),
    );
    const userId = await aSilentUser({ env });
    for (const { url } of receivers) await addEndpoint(env, userId, url);
    crew = new WorkerCrew(env);
    await crew.start();
    crew.startKilling();
    ids = await publish(env, userId);
    await eventually(() => expect(crew.kills).toBeGreaterThanOrEqual(2), PATIENCE_MS);
    await servers.restartPostgres('crash');
    await eventually(() => expect(crew.kills).toBeGreaterThanOrEqual(KILLS), PATIENCE_MS);
    await crew.spare();
    await eventually(async () => {
      const open = await inDatabase({ env }, `SELECT FROM webhook_deliveries WHERE status <> 'delivered'`);
      const jobs = await inDatabase({ env }, 'SELECT FROM jobs');
      expect([open.length, jobs.length]).toEqual([0, 0]);
    }, PATIENCE_MS);
  }, 240_000);
  afterAll(async () => {
    await crew.stop();
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    await servers.remove();
  });

  it('arrive at each endpoint at least once, under the ids of the events and no others', () => {
    const expected = ids.map((id) => `msg_${id.replaceAll('-', '')}`).sort();

    for (const receiver of receivers) expect([...new Set(receiver.ids())].sort()).toEqual(expected);
  });

  it('came again where a worker was killed, and for most of them did not', () => {
    const copies = receivers.map((receiver) => receiver.received.length - EVENTS);

    expect(Math.min(...copies)).toBeGreaterThanOrEqual(0);
    expect(copies.reduce((sum, each) => sum + each)).toBeLessThan((ENDPOINTS * EVENTS) / 2);
  });
});

async function addEndpoint(env: Environment, userId: string, url: string): Promise<void> {
  const id = v7();
  const secret = new EndpointSecrets(loadEnv(env)).seal(newWebhookSecret(), id);
  const columns = 'id, user_id, url, events, audience, secret, created_at, updated_at';
  const text = `INSERT INTO webhook_endpoints (${columns}) VALUES ($1, $2, $3, '{user.registered}', 'own', $4, now(), now())`;
  await inDatabase({ env }, text, [id, userId, url, secret]);
}

/** As the outbox does. */
async function publish(env: Environment, userId: string): Promise<string[]> {
  const ids = Array.from({ length: EVENTS }, () => v7());
  const text = `INSERT INTO jobs (id, name, payload, order_key, order_position)
    SELECT id, 'user.registered', $2, 'user:' || id, nextval('jobs_order_position') FROM unnest($1::uuid[]) AS id`;
  await inDatabase({ env }, text, [ids, { userId }]);
  return ids;
}
