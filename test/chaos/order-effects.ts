import pg from 'pg';

export type Effects = Readonly<{
  orders: number;
  fulfilled: number;
  changedTwice: number;
  openJobs: number;
  deadLetters: number;
}>;

const EFFECTS = `
  WITH mine AS (SELECT o.* FROM orders o JOIN users u ON u.id = o.user_id WHERE u.email = $1)
  SELECT count(*)::int AS orders,
         (count(*) FILTER (WHERE status = 'fulfilled'))::int AS fulfilled,
         (count(*) FILTER (WHERE version > 2))::int AS "changedTwice",
         (SELECT count(*) FROM jobs WHERE payload ->> 'orderId' IN (SELECT id::text FROM mine))::int AS "openJobs",
         (SELECT count(*) FROM dead_letters WHERE payload ->> 'orderId' IN (SELECT id::text FROM mine))::int AS "deadLetters"
  FROM mine`;

/** What became of somebody's orders. A fulfilment is one change of one order, so its version tells how often it happened. */
export async function orderEffects(databaseUrl: string, userEmail: string): Promise<Effects> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Effects>(EFFECTS, [userEmail]);
    return rows[0] as Effects;
  } finally {
    await client.end();
  }
}
