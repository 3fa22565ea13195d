import { createHmac, randomUUID } from 'node:crypto';
import pg from 'pg';
import { Pool } from 'undici';

/** On their way at the same time: as many as this platform has for so many endpoints. */
const AT_ONCE = 144;
const ADD = {
  name: 'bench.add-attempt',
  text: 'INSERT INTO bench_webhook_attempts (id, message, at, duration_ms, status, answer) VALUES (gen_random_uuid(), $1, now(), $2, $3, $4)',
};
const CREATE =
  'CREATE TABLE IF NOT EXISTS bench_webhook_attempts (id uuid PRIMARY KEY, message text, at timestamptz, duration_ms int, status int, answer text)';

type Load = Readonly<{ databaseUrl: string; origin: string; body: string; secret: string; deliveries: number }>;

/** What somebody would write for one evening: a loop of undici, the same signature, one row for each call. @returns deliveries per second */
export async function sendByHand({ databaseUrl, origin, body, secret, deliveries }: Load): Promise<number> {
  const database = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  await database.query(CREATE);
  const receiver = new Pool(origin, { connections: AT_ONCE });
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');

  const send = async () => {
    const [id, timestamp, startedAt] = [
      `msg_${randomUUID()}`,
      String(Math.floor(Date.now() / 1_000)),
      performance.now(),
    ];
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    const answer = await receiver.request({ path: '/', method: 'POST', headers, body });
    const text = await answer.body.text();
    await database.query({ ...ADD, values: [id, Math.round(performance.now() - startedAt), answer.statusCode, text] });
  };

  let left = deliveries;
  const loop = async () => {
    while (left-- > 0) await send();
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, loop));
  const seconds = (performance.now() - startedAt) / 1_000;
  await Promise.all([database.end(), receiver.destroy()]);
  return deliveries / seconds;
}
