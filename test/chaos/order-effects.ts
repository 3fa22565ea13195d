import pg from 'pg';

export type Effects = Readonly<{ orders: number; fulfilled: number; changedTwice: number; openJobs: number; deadLetters: number }>;

/** What the jobs left behind in the database: a fulfilment is one change of one order, so its version tells how often it happened. */
export async function orderEffects(databaseUrl: string, userEmail: string): Promise<Effects> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Effects>(
      `SELECT count(*)::int AS orders,
              (count(*) FILTER (WHERE o.status = 'fulfilled'))::int AS fulfilled,
              (count(*) FILTER (WHERE o.version > 2))::int AS "changedTwice",
              (SELECT count(*) FROM jobs)::int AS "openJobs",
              (SELECT count(*) FROM dead_letters)::int AS "deadLetters"
       FROM orders o JOIN users u ON u.id = o.user_id WHERE u.email = $1`,
      [userEmail],
    );
    return rows[0] as Effects;
  } finally {
    await client.end();
  }
}
